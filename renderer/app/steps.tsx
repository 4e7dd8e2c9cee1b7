import { lazy, type ComponentType } from 'react';
import type { StepId } from '../../electron/shared/domain/draft.ts';

/** The screen of each step. Loaded when it is first shown, so that the first paint waits for none of them. */
export const stepScreens: Readonly<Record<StepId, ComponentType>> = {
  servers: lazy(async () => ({ default: (await import('../steps/servers/ServersStep.tsx')).ServersStep })),
  redis: lazy(async () => ({ default: (await import('../steps/redis/RedisStep.tsx')).RedisStep })),
  placement: lazy(async () => ({ default: (await import('../steps/placement/PlacementStep.tsx')).PlacementStep })),
  reachability: lazy(async () => ({ default: (await import('../steps/reachability/ReachabilityStep.tsx')).ReachabilityStep })),
  review: lazy(async () => ({ default: (await import('../steps/review/ReviewStep.tsx')).ReviewStep })),
  install: lazy(async () => ({ default: (await import('../steps/install/InstallStep.tsx')).InstallStep })),
  failover: lazy(async () => ({ default: (await import('../steps/failover/FailoverStep.tsx')).FailoverStep })),
  report: lazy(async () => ({ default: (await import('../steps/report/ReportStep.tsx')).ReportStep })),
};
