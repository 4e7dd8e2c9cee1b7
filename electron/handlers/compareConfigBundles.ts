import { compareBundles, type Parts } from '../artifacts/bundle/compareBundles.ts';
import { bundledFilePath } from '../artifacts/bundle/bundledFilePath.ts';
import { judgeAgainstBundle } from '../checks/bundleChecks.ts';
import { withoutSsh } from '../checks/withoutSsh.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import { idsPart, identitiesSeen } from '../artifacts/bundle/configBundleParts.ts';
import { BUNDLE_PATHS, BUNDLED_JOIN_SCRIPT, type PartDifference } from '../shared/domain/configBundle.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { readConfigBundle } from '../storage/configBundle.ts';
import { readBundleContent } from '../storage/configBundleContent.ts';

/** The parts that follow from a specification alone. */
function isFromPlan(path: string): boolean {
  return (
    path === BUNDLE_PATHS.spec ||
    path === BUNDLE_PATHS.plan ||
    path === BUNDLE_PATHS.programs ||
    path === BUNDLED_JOIN_SCRIPT ||
    /^servers\/[^/]+\/(?:files\/|firewall\.txt$|install\.cmd$)/u.test(path)
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
 * What a run saw of servers and nodes that is not as in a bundle: another machine, another system, other programs, other node ids, and every file that the
 * bundle holds of a server. Settings of the running nodes are judged by the run's own checks. What the run did not see is left out.
 */
export async function compareWithRun(file: string, record: RunRecord): Promise<readonly PartDifference[]> {
  const bundle = await readConfigBundle(file);
  const { plan, nodes } = readBundleContent(bundle, file);
  const { held, found } = filesSeen(bundle.parts, record.facts);
  const seen = new Map([...identitiesSeen(plan, record), ...found]);
  const known = new Map([...bundle.parts, [BUNDLE_PATHS.nodes, idsPart(nodes.nodes).bytes] as const]);
  return compareBundles(new Map([...known].filter(([path]) => seen.has(path) || held.has(path))), seen);
}

/** The files of a bundle that a run has looked for on the servers: `held` by their places in the bundle, `found` with what stands there. */
function filesSeen(
  parts: Parts,
  facts: RunRecord['facts'],
): { readonly held: ReadonlySet<string>; readonly found: ReadonlyMap<string, Uint8Array> } {
  const encoder = new TextEncoder();
  const held = new Set<string>();
  const found = new Map<string, Uint8Array>();
  for (const { server, paths } of facts)
    for (const { path, kind, content, sha256 } of paths) {
      const place = bundledFilePath(server, { path, holdsSecret: false });
      if (!parts.has(place)) continue;
      held.add(place);
      if (kind !== 'absent') found.set(place, encoder.encode(content ?? `${kind} ${sha256 ?? ''}\n`));
    }
  return { held, found };
}

/** The same as results of checks, for the record of that run. */
export async function judgeWithBundle(
  file: string,
  record: RunRecord,
): Promise<{ readonly results: readonly CheckResult[]; readonly differences: readonly PartDifference[] }> {
  const differences = await compareWithRun(file, record);
  const view = record.views.after ?? record.views.before;
  const servers = record.facts.map(({ server }) => server);
  const results = judgeAgainstBundle({ differences, servers, hasNodes: (view?.views.length ?? 0) > 0 }, record.plan);
  return { results: record.checks.some(({ unmade }) => unmade !== undefined) ? withoutSsh(results) : results, differences };
}
