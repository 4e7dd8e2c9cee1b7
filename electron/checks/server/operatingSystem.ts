import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** `ID` of /etc/os-release of the families that Triad's files, units and firewall commands are written for. */
const KNOWN_IDS: readonly string[] = ['debian', 'ubuntu', 'rhel', 'rocky', 'almalinux', 'sles'];

/** A Linux of a known family; others are let through with a warning, because systemd decides what works (`server.systemd`). */
export const operatingSystem = eachServer('server.operatingSystem', ['pass', 'warn'], (facts): Judgement => {
  const { id, versionId, kernel } = facts.os;
  const name = facts.os.prettyName === '' ? `${id} ${versionId}`.trim() : facts.os.prettyName;
  const expected = message('check.server.operatingSystem.expected');
  const evidence = evidenceOf({ id, versionId, prettyName: facts.os.prettyName, kernel });
  if (id === '')
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.operatingSystem.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  if (KNOWN_IDS.includes(id))
    return { verdict: 'pass', expected, observed: message('check.server.operatingSystem.known', { name, kernel }), evidence };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.operatingSystem.other', { name, kernel }),
    evidence,
    remedy: message('check.server.operatingSystem.other.remedy'),
  };
});
