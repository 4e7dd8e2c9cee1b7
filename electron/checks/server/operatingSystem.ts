import type { ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** `ID` of /etc/os-release of the families that Triad's files, units and firewall commands are written for. */
const KNOWN_IDS: readonly string[] = ['debian', 'ubuntu', 'rhel', 'rocky', 'almalinux', 'sles'];

/** The build of Windows Server 2019; older ones have no sshd of Microsoft's that is kept up. */
const LEAST_WINDOWS_BUILD = 17_763;

/** Windows Server from 2019 on; a Windows for desks works the same, but restarts when it likes. */
function judgeWindows({ os: { versionId, prettyName, kernel } }: ServerFacts): Judgement {
  const name = prettyName === '' ? `Windows ${versionId}` : prettyName;
  const build = Number(versionId.split('.').at(-1));
  const expected = message('check.server.operatingSystem.expectedWindows');
  const evidence = evidenceOf({ id: 'windows', versionId, prettyName, kernel });
  const observed = message('check.server.operatingSystem.windows', { name, build: versionId });
  if (!(build >= LEAST_WINDOWS_BUILD))
    return { verdict: 'fail', expected, observed, evidence, remedy: message('check.server.operatingSystem.windowsOld.remedy') };
  if (!/\bServer\b/u.test(name))
    return { verdict: 'warn', expected, observed, evidence, remedy: message('check.server.operatingSystem.windowsClient.remedy') };
  return { verdict: 'pass', expected, observed, evidence };
}

/** A Linux of a known family; others are let through with a warning, because systemd decides what works (`server.systemd`). */
export const operatingSystem = eachServer('server.operatingSystem', ['pass', 'warn', 'fail'], (facts): Judgement => {
  if (facts.os.id === 'windows') return judgeWindows(facts);
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
