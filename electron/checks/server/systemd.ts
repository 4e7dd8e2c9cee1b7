import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** 239 is what RHEL 8 carries; later options that the units use are ignored by it, older versions refuse some of them. */
const LEAST_VERSION = 239;

/** systemd runs the server: Redis is installed as its services. */
export const systemd = eachServer('server.systemd', ['pass', 'fail'], (facts): Judgement => {
  const version = facts.systemdVersion;
  const expected = message('check.server.systemd.expected', { least: LEAST_VERSION });
  const evidence = evidenceOf({ systemdVersion: version });
  if (version === null)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.systemd.absent'),
      evidence,
      remedy: message('check.server.systemd.absent.remedy'),
    };
  if (!Number.isFinite(version) || version <= 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.systemd.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.server.systemd.observed', { version });
  if (version >= LEAST_VERSION) return { verdict: 'pass', expected, observed, evidence };
  return { verdict: 'fail', expected, observed, evidence, remedy: message('check.server.systemd.remedy', { least: LEAST_VERSION }) };
});
