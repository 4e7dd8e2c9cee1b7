import type { CheckResult } from '../shared/domain/check.ts';
import { distributionOn, placesOn, platformOf, type ClusterPlan } from '../shared/domain/plan.ts';
import type { Message } from '../shared/domain/message.ts';
import { isMessageCode, message, say } from '../shared/messages/message.ts';

/** What these checks look at is only there on Linux: systemd, programs of a shell, an account that all nodes share, settings of its kernel. */
const OF_LINUX: ReadonlySet<string> = new Set([
  'server.systemd',
  'server.programs',
  'server.maskedUnits',
  'server.serviceUser',
  'server.transparentHugePages',
  'server.overcommitMemory',
  'server.somaxconn',
  'server.openFiles',
  // What Windows needs instead is judged by windowsChecks.ts.
  'server.memory',
  'server.swap',
  'server.reservedPorts',
  'server.selinux',
]);

/** Where a save does not copy all the data in one piece, the room for it is judged as on Linux. */
function isJudgedAsOnLinux(id: string, plan: ClusterPlan, server: string): boolean {
  return id === 'server.memory' && distributionOn(plan, server).runtime === 'native';
}

/** Commands that a Windows server has not. */
const LINUX_COMMAND = /\b(?:systemctl|journalctl|sysctl|chown|chmod|useradd|userdel)\b/u;

/** The server whose words count: of a way the one that it leads to. */
function serverOf({ subject }: CheckResult): string | null {
  if (subject.kind === 'pair') return subject.to;
  return subject.kind === 'server' || subject.kind === 'node' ? subject.server : null;
}

/** A text in the words of Windows where the catalogue has it so: `check.x.onWindows.y` for `check.x.y`. */
function inWordsOfWindows({ code, values }: Message, known: Message['values']): Message {
  const [, ...parts] = code.split('.');
  const own = `check.${parts.slice(0, -1).join('.')}.onWindows.${parts.at(-1) ?? ''}`;
  if (!isMessageCode(own)) return { code, values };
  // Numbers of processes are parted by commas in PowerShell.
  const { pids } = values;
  return { code: own, values: { ...known, ...values, ...(typeof pids === 'string' ? { pids: pids.replaceAll(' ', ',') } : {}) } };
}

/**
 * What may be said of a Windows server: a check of what only Linux has does not apply, and no text names what is not there. Results of other servers come back as
 * they are.
 */
export function onWindows(results: readonly CheckResult[], plan: ClusterPlan): readonly CheckResult[] {
  return results.map((result): CheckResult => {
    const { subject, id } = result;
    const server = serverOf(result);
    if (server === null || platformOf(plan, server) !== 'windows') return result;
    if (OF_LINUX.has(id) && !isJudgedAsOnLinux(id, plan, server)) {
      // Not even with SSH would there be anything to be looked at.
      const { unmade: _unmade, ...rest } = result;
      return { ...rest, verdict: 'skipped', observed: message('check.windows.observed'), evidence: '', remedy: null };
    }
    const node = plan.nodes.find((one) => subject.kind === 'node' && one.server === server && one.dataPort === subject.port);
    const known = { server, unit: node?.unit ?? '', nodeFolder: node?.dataFolder ?? '' };
    const remedy = result.remedy === null ? null : inWordsOfWindows(result.remedy, known);
    return {
      ...result,
      expected: inWordsOfWindows(result.expected, known),
      observed: inWordsOfWindows(result.observed, known),
      remedy:
        remedy !== null && LINUX_COMMAND.test(say(remedy))
          ? message('check.windows.remedy', { server, folder: placesOn(plan, server).folders.install })
          : remedy,
    };
  });
}
