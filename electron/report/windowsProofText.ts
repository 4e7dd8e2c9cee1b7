import type { FirstRunReport } from '../shared/domain/firstRun.ts';
import { ONLY_ON_WINDOWS, PROVED_UNDER_WINE } from '../shared/domain/windowsProof.ts';
import { text } from '../shared/figures/text.ts';

/** What was proved of Triad with Windows servers and what was not, in the present language; the list is `domain/windowsProof.ts`. */
export function windowsProofOf(): FirstRunReport['proof'] {
  return {
    statement: text('windowsProof.statement'),
    proved: PROVED_UNDER_WINE.map(({ id }) => text(`windowsProof.proved.${id}`)),
    onlyOnWindows: ONLY_ON_WINDOWS.map(({ id, shownBy }) => ({ text: text(`windowsProof.gap.${id}`), shownBy: [...shownBy] })),
  };
}

/** The same as lines for a terminal. */
export function windowsProofLines(): readonly string[] {
  const { statement, proved, onlyOnWindows } = windowsProofOf();
  return [
    text('windowsProof.title'),
    '',
    statement,
    '',
    text('windowsProof.provedHead'),
    ...proved.map((one) => `  + ${one}`),
    '',
    text('windowsProof.gapHead'),
    ...onlyOnWindows.map(({ text: gap, shownBy }) => `  - ${gap} (${shownByText(shownBy)})`),
    '',
    text('windowsProof.command'),
  ];
}

/** By which items of a first run something is shown, in words. */
export function shownByText(shownBy: readonly string[]): string {
  return shownBy.length === 0 ? text('windowsProof.shownByNothing') : text('windowsProof.shownBy', { items: shownBy.join(', ') });
}
