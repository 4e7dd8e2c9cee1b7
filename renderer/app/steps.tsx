import { lazy, type ComponentType } from 'react';
import type { PlaceId } from '../../electron/shared/domain/draft.ts';

/** Where the screen of each step is. */
const load = {
  servers: async () => ({ default: (await import('../steps/servers/ServersStep.tsx')).ServersStep }),
  redis: async () => ({ default: (await import('../steps/redis/RedisStep.tsx')).RedisStep }),
  placement: async () => ({ default: (await import('../steps/placement/PlacementStep.tsx')).PlacementStep }),
  reachability: async () => ({ default: (await import('../steps/reachability/ReachabilityStep.tsx')).ReachabilityStep }),
  review: async () => ({ default: (await import('../steps/review/ReviewStep.tsx')).ReviewStep }),
  install: async () => ({ default: (await import('../steps/install/InstallStep.tsx')).InstallStep }),
  failover: async () => ({ default: (await import('../steps/failover/FailoverStep.tsx')).FailoverStep }),
  report: async () => ({ default: (await import('../steps/report/ReportStep.tsx')).ReportStep }),
  maintenance: async () => ({ default: (await import('../steps/maintenance/MaintenanceStep.tsx')).MaintenanceStep }),
  bundle: async () => ({ default: (await import('../steps/bundle/BundleStep.tsx')).BundleStep }),
  history: async () => ({ default: (await import('../steps/history/HistoryStep.tsx')).HistoryStep }),
} as const satisfies Readonly<Record<PlaceId, () => Promise<{ readonly default: ComponentType }>>>;

/** The screen of each step. Loaded when it is first shown or by {@link loadSteps}, so that the first paint waits for none of them. */
export const stepScreens: Readonly<Record<PlaceId, ComponentType>> = {
  servers: lazy(load.servers),
  redis: lazy(load.redis),
  placement: lazy(load.placement),
  reachability: lazy(load.reachability),
  review: lazy(load.review),
  install: lazy(load.install),
  failover: lazy(load.failover),
  report: lazy(load.report),
  maintenance: lazy(load.maintenance),
  bundle: lazy(load.bundle),
  history: lazy(load.history),
};

/** Loads all of them, one after the other, so that the way onward is there when somebody takes it. One that fails is loaded again when it is shown. */
export async function loadSteps(): Promise<void> {
  for (const one of Object.values(load)) await one().catch(() => undefined);
}
