import type { z } from 'zod';
import { applyEvents } from '../shared/domain/applyEvents.ts';
import { formatEndpoint } from '../shared/domain/address.ts';
import {
  BUNDLE_PATHS,
  BUNDLED_ARCHIVE,
  BUNDLED_SERVICE_PROGRAM,
  BUNDLED_WINDOWS_ARCHIVE,
  BundledHostKeys,
  BundledNodes,
  runOfJournalPath,
  type ConfigBundleManifest,
} from '../shared/domain/configBundle.ts';
import { RunEvent } from '../shared/domain/events.ts';
import { ClusterPlan } from '../shared/domain/plan.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { message } from '../shared/messages/message.ts';
import { damagedPart, parsePart, readConfigBundle, type VerifiedBundle } from './configBundle.ts';
import { SealedSecrets } from './sealedSecrets.ts';
import { parseSpec, type SpecReading } from './specFile.ts';
import { reasonOf } from './versionedFile.ts';

/** What a verified bundle says, every part parsed and in agreement with the others. */
export interface ConfigBundleContent {
  readonly manifest: ConfigBundleManifest;
  readonly spec: ClusterSpec;
  readonly plan: ClusterPlan;
  readonly hostKeys: BundledHostKeys['hosts'];
  readonly nodes: BundledNodes;
  /** Oldest first. */
  readonly runs: readonly { readonly runId: string; readonly journal: string; readonly record: RunRecord }[];
  readonly sealed: SealedSecrets | null;
}

function textOf({ parts }: VerifiedBundle, path: string, file: string): string {
  const bytes = parts.get(path);
  if (bytes === undefined) throw damagedPart(file, path, message('storage.bundle.missing'));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw damagedPart(file, path, message('storage.bundle.content', { reason: reasonOf(error) }));
  }
}

function jsonOf<Shape extends z.ZodType>(bundle: VerifiedBundle, path: string, shape: Shape, file: string): z.output<Shape> {
  const bytes = bundle.parts.get(path);
  if (bytes === undefined) throw damagedPart(file, path, message('storage.bundle.missing'));
  return parsePart(bytes, shape, { file, part: path });
}

function specOf(bundle: VerifiedBundle, file: string): ClusterSpec {
  const wrong = (reason: string): Error => damagedPart(file, BUNDLE_PATHS.spec, message('storage.bundle.content', { reason }));
  const text = textOf(bundle, BUNDLE_PATHS.spec, file);
  let reading: ReturnType<typeof parseSpec>;
  try {
    reading = parseSpec(text, '/');
  } catch (error) {
    // Too many aliases, or nested too deeply: the parser of YAML gives up by throwing.
    throw wrong(reasonOf(error));
  }
  if (reading.ok) return reading.spec;
  throw wrong(reading.issues.map(({ path, message: { code } }) => `${path} ${code}`).join(', '));
}

function recordOf(journal: string, path: string, file: string): RunRecord {
  try {
    const lines = journal.split('\n');
    if (lines.at(-1) !== '') throw new Error('the last line is cut off');
    const record = applyEvents(
      null,
      lines.slice(0, -1).map((line) => RunEvent.parse(JSON.parse(line))),
    );
    if (record === null) throw new Error('no events');
    return record;
  } catch (error) {
    const reason = reasonOf(error).replaceAll(/\s+/gu, ' ').slice(0, 300);
    throw damagedPart(file, path, message('storage.bundle.content', { reason }));
  }
}

/** Servers by name and address, in their order. */
function serversOf(value: { readonly servers: readonly { readonly name: string; readonly address: string }[] }): string {
  return value.servers.map(({ name, address }) => `${name} ${address}`).join(', ');
}

/** Parses a verified bundle. Throws `configBundle.damaged` where a part is not what it should be, or speaks of another cluster than the others. */
export function readBundleContent(bundle: VerifiedBundle, file: string): ConfigBundleContent {
  const { manifest, parts } = bundle;
  const spec = specOf(bundle, file);
  const plan = jsonOf(bundle, BUNDLE_PATHS.plan, ClusterPlan, file);
  const ofOther = (path: string): Error => damagedPart(file, path, message('storage.bundle.otherCluster'));
  if (spec.name !== manifest.cluster) throw ofOther(BUNDLE_PATHS.spec);
  if (plan.cluster !== manifest.cluster || serversOf(plan) !== serversOf(spec)) throw ofOther(BUNDLE_PATHS.plan);
  const builds = `redis/${plan.engine}-${plan.version}/`;
  const known: readonly string[] = [BUNDLED_ARCHIVE, BUNDLED_WINDOWS_ARCHIVE, BUNDLED_SERVICE_PROGRAM];
  for (const path of parts.keys()) if (path.startsWith('redis/') && !path.startsWith(builds) && !known.includes(path)) throw ofOther(path);
  const runs = [...parts.keys()]
    .filter((path) => path.startsWith('runs/'))
    .map((path) => {
      const runId = runOfJournalPath(path);
      if (runId === null) throw damagedPart(file, path, message('storage.bundle.extra'));
      const journal = textOf(bundle, path, file);
      const record = recordOf(journal, path, file);
      if (record.runId !== runId || record.cluster !== manifest.cluster || serversOf(record.plan) !== serversOf(spec)) throw ofOther(path);
      return { runId, journal, record };
    })
    .toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
  const { hosts: hostKeys } = jsonOf(bundle, BUNDLE_PATHS.knownHosts, BundledHostKeys, file);
  const endpoints = new Set(spec.servers.map(({ ssh }) => formatEndpoint({ address: ssh.host, port: ssh.port })));
  // A key for anybody else's machine would be trusted without a question.
  if (Object.keys(hostKeys).some((endpoint) => !endpoints.has(endpoint))) throw ofOther(BUNDLE_PATHS.knownHosts);
  return {
    manifest,
    spec,
    plan,
    hostKeys,
    nodes: jsonOf(bundle, BUNDLE_PATHS.nodes, BundledNodes, file),
    runs,
    sealed: parts.has(BUNDLE_PATHS.sealed) ? jsonOf(bundle, BUNDLE_PATHS.sealed, SealedSecrets, file) : null,
  };
}

/**
 * The specification in a bundle, as a file of its own would be read, with the bundle's host keys pinned: no question about them, and a server that shows
 * another one is refused. Throws `configBundle.*`.
 */
export async function readBundledSpec(file: string): Promise<Extract<SpecReading, { readonly ok: true }>> {
  const bundle = await readConfigBundle(file);
  const { spec, hostKeys } = readBundleContent(bundle, file);
  const servers = spec.servers.map((server) => {
    const { ssh } = server;
    const fingerprint = hostKeys[formatEndpoint({ address: ssh.host, port: ssh.port })]?.fingerprint ?? null;
    return { ...server, ssh: { ...ssh, hostKey: ssh.hostKey ?? fingerprint } };
  });
  return { ok: true, spec: { ...spec, servers }, sha256: bundle.sha256 };
}
