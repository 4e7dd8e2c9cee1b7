import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** Platforms of server bundles by what `uname -m` says. */
const PLATFORMS: Readonly<Record<string, string>> = { x86_64: 'linux-x64', aarch64: 'linux-arm64' };

/** The server can run the bundle's programs. */
export const architecture = eachServer('server.architecture', ['pass', 'fail'], (facts, context): Judgement => {
  const found = facts.os.architecture;
  const platform = context.platform ?? 'linux-x64';
  const expected = message('check.server.architecture.expected', { platform });
  const evidence = evidenceOf({ architecture: found, platform });
  if (found === '')
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.architecture.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.server.architecture.observed', { architecture: found });
  if (PLATFORMS[found] === platform) return { verdict: 'pass', expected, observed, evidence };
  return { verdict: 'fail', expected, observed, evidence, remedy: message('check.server.architecture.remedy', { architecture: found }) };
});
