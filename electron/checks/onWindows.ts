import type { CheckResult } from '../shared/domain/check.ts';
import { placesOn, platformOf, type ClusterPlan } from '../shared/domain/plan.ts';
import { message, say } from '../shared/messages/message.ts';

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

/** Commands that a Windows server has not. */
const LINUX_COMMAND = /\b(?:systemctl|journalctl|sysctl|chown|chmod|useradd|userdel)\b/u;

function serverOf({ subject }: CheckResult): string | null {
  return subject.kind === 'server' || subject.kind === 'node' ? subject.server : null;
}

/**
 * What may be said of a Windows server: a check of what only Linux has does not apply, and no remedy names commands that are not there. Results of other
 * servers come back as they are.
 */
export function onWindows(results: readonly CheckResult[], plan: ClusterPlan): readonly CheckResult[] {
  return results.map((result): CheckResult => {
    const server = serverOf(result);
    if (server === null || platformOf(plan, server) !== 'windows') return result;
    if (OF_LINUX.has(result.id))
      return { ...result, verdict: 'skipped', observed: message('check.windows.observed'), evidence: '', remedy: null };
    if (result.remedy === null || !LINUX_COMMAND.test(say(result.remedy))) return result;
    return { ...result, remedy: message('check.windows.remedy', { server, folder: placesOn(plan, server).folders.install }) };
  });
}
