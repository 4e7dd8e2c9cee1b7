import type { CheckResult } from '../shared/domain/check.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { message, say } from '../shared/messages/message.ts';

/** What these checks compare is what Triad installs, or what would be in the way of that: on a cluster of somebody else's they have nothing to say. */
const OF_AN_INSTALLATION: ReadonlySet<string> = new Set([
  'server.drift',
  'server.ownFiles',
  'server.ownPlace',
  'server.keptData',
  'server.installFolder',
  'server.logFolder',
  'server.serviceUser',
  'server.serviceUserWrites',
  'server.foreignRedis',
  'server.ports',
  'server.maskedUnits',
  'server.maintenance',
]);

/** A remedy that only helps on a cluster which Triad installed, or that names a unit which nobody knows. */
const TRIADS_REMEDY =
  /triad (?:install|plan|restore-roles|maintenance)|(?:systemctl [a-z-]+|journalctl -u|sc\.exe [a-z]+|Restart-Service) *`/u;

const ROLES: ReadonlySet<string> = new Set(['cluster.roles', 'cluster.survivesLoss']);

function adopted(result: CheckResult): CheckResult {
  if (OF_AN_INSTALLATION.has(result.id)) {
    const { unmade: _unmade, ...rest } = result;
    return { ...rest, verdict: 'skipped', observed: message('check.adopted.observed'), evidence: '', remedy: null };
  }
  if (result.remedy === null || !TRIADS_REMEDY.test(say(result.remedy))) return result;
  return { ...result, remedy: message(ROLES.has(result.id) ? 'check.adopted.roles.remedy' : 'check.adopted.remedy') };
}

/**
 * What may be said of a cluster that Triad did not install: what compares it with an installation of Triad's does not apply, and no remedy sends the admin
 * to a command that would refuse to work there. Everything else is judged as ever. Results of other clusters come back as they are.
 */
export function asAdopted(results: readonly CheckResult[], plan: ClusterPlan): readonly CheckResult[] {
  return plan.adopted === true ? results.map(adopted) : results;
}
