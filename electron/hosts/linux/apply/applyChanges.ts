import type { Change, ChangeOutcome } from '../../../shared/domain/change.ts';
import type { CallOptions, ChangePayload } from '../../host.ts';
import type { HostShell } from '../hostShell.ts';
import { OUTCOME_WORD } from './applyFunctions.ts';
import { compileChanges } from './compileChanges.ts';

/** Starting a service may take as long as its unit allows; systemd's own default is 90 s. */
const APPLY_DEADLINE_MS = 120_000;

/** Applies changes in their order, in one round trip; none for an empty list. */
export async function applyChanges(
  shell: HostShell,
  changes: readonly Change[],
  payload: ChangePayload,
  options?: CallOptions,
): Promise<readonly ChangeOutcome[]> {
  if (changes.length === 0) return [];
  const { stdout } = await shell.run(compileChanges(changes, payload), { deadlineMs: APPLY_DEADLINE_MS, ...options });
  return readOutcomes(changes, stdout);
}

/** What became of each change, from the lines that the script printed. Throws when one is missing although the script succeeded. */
export function readOutcomes(changes: readonly Change[], stdout: string): readonly ChangeOutcome[] {
  const lines = new Map(
    stdout.split('\n').flatMap((line) => {
      const [word, number, outcome, ...evidence] = line.split('\t');
      return word === OUTCOME_WORD ? [[Number(number), { outcome, evidence: evidence.join(' ').trim() }] as const] : [];
    }),
  );
  return changes.map(({ id }, number): ChangeOutcome => {
    const line = lines.get(number);
    if (line === undefined) throw new Error(`nothing was said about ${id}`);
    return { id, outcome: line.outcome === 'refused' ? 'refused' : 'done', evidence: line.evidence };
  });
}
