import { compareBundles, type Parts } from '../artifacts/bundle/compareBundles.ts';
import { idsPart, identitiesSeen } from '../artifacts/bundle/configBundleParts.ts';
import { BUNDLE_PATHS, type PartDifference } from '../shared/domain/configBundle.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { readConfigBundle } from '../storage/configBundle.ts';
import { readBundleContent } from '../storage/configBundleContent.ts';

/** The parts that follow from a specification alone. */
function isFromPlan(path: string): boolean {
  return (
    path === BUNDLE_PATHS.spec ||
    path === BUNDLE_PATHS.plan ||
    path === BUNDLE_PATHS.programs ||
    /^servers\/[^/]+\/(?:files\/|firewall\.txt$)/u.test(path)
  );
}

/** How two bundles differ; with `onlyFromPlan`, in what follows from their specifications, since the second is made from one and has no more. */
export function compareConfigBundles(
  first: Parts,
  second: Parts,
  options: { readonly onlyFromPlan: boolean } = { onlyFromPlan: false },
): readonly PartDifference[] {
  return compareBundles(options.onlyFromPlan ? new Map([...first].filter(([path]) => isFromPlan(path))) : first, second);
}

/**
 * What a run saw of servers and nodes that is not as in a bundle: another machine, another system, other programs, other node ids. Files, settings and
 * everything else that follows from the specification are judged by the run's own checks. What the run did not see is left out.
 */
export async function compareWithRun(file: string, record: RunRecord): Promise<readonly PartDifference[]> {
  const bundle = await readConfigBundle(file);
  const { plan, nodes } = readBundleContent(bundle, file);
  const seen = identitiesSeen(plan, record);
  const known = new Map([...bundle.parts, [BUNDLE_PATHS.nodes, idsPart(nodes.nodes).bytes] as const]);
  return compareBundles(new Map([...known].filter(([path]) => seen.has(path))), seen);
}
