import type { ReactElement } from 'react';
import type { Report } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';
import { Section } from './Section.tsx';
import { shownByText } from './windowsProofText.ts';

/** What was proved of Triad with Windows servers and what was not; nothing for a run without any. */
export function WindowsProofSection({ report }: { readonly report: Report }): ReactElement | null {
  const { windowsProof } = report;
  if (windowsProof === null) return null;
  return (
    <Section id="windows" title={text('windowsProof.title')} note={windowsProof.statement}>
      <h3>{text('windowsProof.provedHead')}</h3>
      <ul>
        {windowsProof.proved.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <h3>{text('windowsProof.gapHead')}</h3>
      <ul>
        {windowsProof.onlyOnWindows.map(({ text: gap, shownBy }) => (
          <li key={gap}>
            {gap} ({shownByText(shownBy)})
          </li>
        ))}
      </ul>
      <p>{text('windowsProof.command')}</p>
    </Section>
  );
}
