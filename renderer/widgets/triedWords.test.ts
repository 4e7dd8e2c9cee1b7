import { expect, it } from 'vitest';
import type { TriedServer } from '../../electron/shared/domain/triedServers.ts';
import type { Verdict } from '../../electron/shared/domain/verdict.ts';
import { sayTried } from './triedWords.ts';

const tried = (...verdicts: readonly (Verdict | null)[]): readonly TriedServer[] =>
  verdicts.map((verdict, index) => {
    const server = `server-${index + 1}`;
    return {
      server,
      trial:
        verdict === null
          ? null
          : { server, scenario: 'serverLost' as const, startedAt: '2026-03-14T22:05:00.000Z', verdict, outageMs: 8000 },
    };
  });

it.each([
  [['pass', 'warn', 'pass'], 'Each server was lost once on purpose, and the cluster survived it.'],
  [[null, null, null], 'No server was lost on purpose yet.'],
  [['fail', 'pass', null], 'Survived the loss of server-2. Did not survive the loss of server-1 as it should. Not tested: server-3.'],
  // Where writes could not be read back nothing failed, and nothing is proved.
  [['unknown', 'pass', 'pass'], 'Survived the loss of server-2 and server-3. Could not be judged: the loss of server-1.'],
] as const)('says of %j: %s', (verdicts, words) => {
  expect(sayTried(tried(...verdicts))).toBe(words);
});
