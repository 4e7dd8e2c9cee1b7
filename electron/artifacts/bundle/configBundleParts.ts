import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { formatEndpoint } from '../../shared/domain/address.ts';
import {
  BUNDLE_PATHS,
  bundledJournalPath,
  CONFIG_BUNDLE_FORMAT,
  CONFIG_BUNDLE_SCHEMA,
  type BundledNodes,
  type BundlePart,
  type ConfigBundleManifest,
} from '../../shared/domain/configBundle.ts';
import { bringsCommercialPrograms } from '../../shared/domain/commercialPrograms.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import type { HostKey, ServerFacts } from '../../shared/domain/server.ts';
import type { ClusterSpec } from '../../shared/domain/spec.ts';
import { specInputOfSpec } from '../../shared/domain/specInput.ts';
import { nodesConfOf } from '../dataFiles.ts';
import { nodesOnServer, placesOn } from '../../shared/domain/plan.ts';
import { planParts } from './planParts.ts';
import { renderBundleReadme } from './bundleReadme.ts';
import type { AccessListOf } from './windowsScripts.ts';

/** A kept run that goes into a bundle: its journal as it stands on the disk, and what that says. */
export interface BundledRun {
  readonly runId: string;
  readonly journal: string;
  readonly record: RunRecord;
}

/** Everything that a bundle is made from; nothing else enters it, no clock among it. */
export interface ConfigBundleInput {
  readonly spec: ClusterSpec;
  readonly plan: ClusterPlan;
  readonly runs: readonly BundledRun[];
  /** Accepted host keys by endpoint, for servers that none of the runs has reached. */
  readonly hostKeys: Readonly<Record<string, HostKey>>;
  /** The file of sealed secrets, or null. */
  readonly sealed: string | null;
  /** Server programs, for a site without another way to get them; empty where none were asked for. */
  readonly programs: readonly BundlePart[];
  readonly triadVersion: string;
  /** The access lists of files on Windows servers; handed in, since hosts knows how they are written. */
  readonly accessListOf: AccessListOf;
}

const encoder = new TextEncoder();

/** A text as a part of a bundle. */
export function textPart(path: string, text: string): BundlePart {
  return { path, bytes: encoder.encode(text) };
}

/** A value as a part of a bundle: JSON that people can read and compare. */
export function jsonPart(path: string, value: unknown): BundlePart {
  return textPart(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** The runs in the order in which they began. */
function inOrder(runs: readonly BundledRun[]): readonly BundledRun[] {
  return runs.toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
}

/** The newest facts of each server in the runs. */
function newestFacts(runs: readonly BundledRun[]): ReadonlyMap<string, ServerFacts> {
  return new Map(inOrder(runs).flatMap(({ record }) => record.facts.map((facts) => [facts.server, facts] as const)));
}

/** What tells one server from another, of all that was found on it. Its memory, its clock and its load are of that moment and left out. */
function identityOf(facts: ServerFacts, plan: ClusterPlan): unknown {
  const { server, hostName, machineId, hardwareId, hostKey, os, systemdVersion, addresses, serviceUser } = facts;
  const { binaries } = placesOn(plan, server).bundle;
  const programs = binaries.map(({ path }) => ({ path, sha256: facts.paths.find((one) => one.path === path)?.sha256 ?? null }));
  return { server, hostName, machineId, hardwareId, hostKey, os, systemdVersion, addresses, serviceUser, programs };
}

/** The servers as they were found: what identifies them, and what each of their nodes has written down of the cluster. */
function foundParts(plan: ClusterPlan, facts: ReadonlyMap<string, ServerFacts>): readonly BundlePart[] {
  return plan.servers.flatMap(({ name }) => {
    const found = facts.get(name);
    if (found === undefined) return [];
    const copies = nodesOnServer(plan, name).flatMap((node) => {
      const content = found.paths.find(({ path }) => path === nodesConfOf(node))?.content ?? null;
      return content === null ? [] : [textPart(`servers/${name}/nodes-${node.dataPort}.conf`, content)];
    });
    return [jsonPart(`servers/${name}/facts.json`, identityOf(found, plan)), ...copies];
  });
}

function nodesOf(plan: ClusterPlan, runs: readonly BundledRun[]): BundledNodes {
  const view = inOrder(runs)
    .flatMap(({ record }) => record.views.after ?? record.views.before ?? [])
    .findLast(({ views }) => views.length > 0);
  return {
    at: view?.at ?? null,
    nodes: plan.nodes.flatMap((node) => {
      const seen = view?.views.find((one) => one.node === node.id);
      if (seen === undefined) return [];
      const endpoint = formatEndpoint({ address: node.address, port: node.dataPort });
      return [{ node: node.id, endpoint, redisId: seen.redisId, role: seen.role, version: seen.version }];
    }),
  };
}

/** What a run saw of the identity of servers and nodes; times and roles, which change by themselves, are left out. */
export function identitiesSeen(plan: ClusterPlan, record: RunRecord): ReadonlyMap<string, Uint8Array> {
  const seen = [{ runId: record.runId, journal: '', record }];
  const facts = record.facts.map((one) => jsonPart(`servers/${one.server}/facts.json`, identityOf(one, plan)));
  const { nodes } = nodesOf(plan, seen);
  return new Map([...facts, ...(nodes.length === 0 ? [] : [idsPart(nodes)])].map(({ path, bytes }) => [path, bytes] as const));
}

/** The ids and versions of nodes, without their roles. */
export function idsPart(nodes: BundledNodes['nodes']): BundlePart {
  return jsonPart(
    BUNDLE_PATHS.nodes,
    nodes.map(({ node, endpoint, redisId, version }) => ({ node, endpoint, redisId, version })),
  );
}

function hostKeysOf({ plan, hostKeys }: ConfigBundleInput, facts: ReadonlyMap<string, ServerFacts>): Readonly<Record<string, HostKey>> {
  const entries = plan.servers.flatMap(({ name, ssh }) => {
    const endpoint = formatEndpoint({ address: ssh.host, port: ssh.port });
    const key = facts.get(name)?.hostKey ?? hostKeys[endpoint];
    return key === undefined ? [] : [[endpoint, key] as const];
  });
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The end of the newest run; a bundle of a cluster that no run has looked at is as old as time. */
function momentOf(runs: readonly BundledRun[]): string {
  const moments = runs.map(({ record }) => record.finishedAt ?? record.startedAt).toSorted();
  return moments.at(-1) ?? '1970-01-01T00:00:00.000Z';
}

function manifestOf(input: ConfigBundleInput, madeAt: string, parts: readonly BundlePart[]): ConfigBundleManifest {
  return {
    format: CONFIG_BUNDLE_FORMAT,
    schemaVersion: CONFIG_BUNDLE_SCHEMA,
    cluster: input.plan.cluster,
    triadVersion: input.triadVersion,
    madeAt,
    parts: parts.map(({ path, bytes }) => ({ path, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })),
  };
}

/**
 * Everything that stands in a config bundle, sorted by place, the manifest first. Pure: the same input gives the same bytes, whatever the day and
 * the language of the reader. Throws when the plan is of another cluster than the specification.
 */
export function configBundleParts(input: ConfigBundleInput): readonly BundlePart[] {
  const { spec, plan, runs } = input;
  if (spec.name !== plan.cluster) throw new Error(`the plan is of ${plan.cluster}, not of ${spec.name}`);
  const madeAt = momentOf(runs);
  const facts = newestFacts(runs);
  const isCommercial = bringsCommercialPrograms(spec, input.programs);
  const about = { triadVersion: input.triadVersion, madeAt, isSealed: input.sealed !== null, isCommercial };
  const parts = [
    textPart(BUNDLE_PATHS.readme, renderBundleReadme(plan, about)),
    textPart(BUNDLE_PATHS.spec, stringify(specInputOfSpec(spec))),
    ...planParts(plan, input.triadVersion, input.accessListOf),
    jsonPart(BUNDLE_PATHS.knownHosts, { hosts: hostKeysOf(input, facts) }),
    jsonPart(BUNDLE_PATHS.nodes, nodesOf(plan, runs)),
    ...foundParts(plan, facts),
    ...inOrder(runs).map(({ runId, journal }) => textPart(bundledJournalPath(runId), journal)),
    ...(input.sealed === null ? [] : [textPart(BUNDLE_PATHS.sealed, input.sealed)]),
    ...input.programs,
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return [jsonPart(BUNDLE_PATHS.manifest, manifestOf(input, madeAt, parts)), ...parts];
}
