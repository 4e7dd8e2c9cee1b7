import { compareBundles, type Parts } from '../artifacts/bundle/compareBundles.ts';
import { BUNDLE_PATHS, type PartDifference } from '../shared/domain/configBundle.ts';

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
