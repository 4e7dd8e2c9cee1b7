import type { ServiceRegistration } from '../../shared/domain/change.ts';
import { distributionOn, type ClusterPlan, type NodeSpec } from '../../shared/domain/plan.ts';
import { restartDelaySeconds, type RestartSettings } from '../../shared/domain/restartDelay.ts';
import { serverProgramPathOn } from './serviceIni.ts';
import { accountOf } from './windowsAccess.ts';

/** A node whose server program Windows starts by itself, with nothing of Triad's around it. */
export interface OwnService {
  readonly program: string;
  readonly registration: ServiceRegistration;
}

const RESTART_PAUSES_MS = [5000, 15_000, 60_000];

/** A node without its data on disk must stay away until its replica has taken over: that would copy an empty master. */
function restartPauses(settings: RestartSettings): number[] {
  const leastMs = settings.persistence === 'none' ? restartDelaySeconds(settings) * 1000 : 0;
  return RESTART_PAUSES_MS.map((pauseMs) => Math.max(pauseMs, leastMs));
}

/**
 * How the service of a node is registered in a plan whose nodes are services of their own; null in every other, and where the bundle has no program for it, as in a preview.
 * No path of a plan has blanks, so the command line needs no quotes, which no two shells read alike.
 */
export function ownServiceOf(node: NodeSpec, plan: ClusterPlan): OwnService | null {
  if (plan.windowsService !== 'own' || !distributionOn(plan, node.server).isService) return null;
  const program = serverProgramPathOn(plan, node.server);
  if (program === null) return null;
  return {
    program,
    registration: {
      imagePath: `${program} --service-run ${node.configFile} --service-name ${node.unit}`,
      display: `Redis node ${node.dataPort} of the cluster ${plan.cluster} (Triad)`,
      description: `Node ${node.id} of the Redis Cluster ${plan.cluster}, managed by Triad. It is its own service.`,
      account: accountOf(node.unit),
      dependsOn: 'Tcpip',
      restartPausesMs: restartPauses(plan.settings),
    },
  };
}

/** The folder of a node as its configuration names it: a service begins in System32, and everything else is said from `dir` on. */
export function ownFolderOf(node: Pick<NodeSpec, 'dataFolder'>): string {
  return node.dataFolder.replaceAll('\\', '/');
}
