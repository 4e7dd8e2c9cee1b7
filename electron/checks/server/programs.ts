import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** What Triad's scripts call and what a server may really lack; all belong to a minimal installation of the known systems. */
export const NEEDED_PROGRAMS: readonly string[] = ['systemctl', 'useradd', 'sha256sum', 'gzip', 'timeout', 'flock'];

/** The programs that Triad's scripts call are there. */
export const programs = eachServer('server.programs', ['pass', 'fail'], (facts): Judgement => {
  const found = new Map(Object.entries(facts.programs));
  const expected = message('check.server.programs.expected', { programs: NEEDED_PROGRAMS.join(', ') });
  const evidence = evidenceOf({ programs: facts.programs });
  const absent = NEEDED_PROGRAMS.filter((name) => found.get(name) === null).join(', ');
  if (absent !== '')
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.programs.absent', { programs: absent }),
      evidence,
      remedy: message('check.server.programs.remedy', { programs: absent }),
    };
  // A name that nobody looked for is not absent, it is unknown.
  const notLookedFor = NEEDED_PROGRAMS.filter((name) => !found.has(name)).join(', ');
  if (notLookedFor !== '')
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.programs.unknown', { programs: notLookedFor }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  return { verdict: 'pass', expected, observed: message('check.server.programs.observed'), evidence };
});
