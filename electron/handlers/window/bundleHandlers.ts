import { basename, dirname } from 'node:path';
import type { BundleComparison, BundleContent, ExportedBundle, TakenBundle } from '../../shared/contract/bundles.ts';
import { BUNDLE_PATHS, ConfigBundleManifest } from '../../shared/domain/configBundle.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import { fail, failureOf } from '../../shared/domain/failure.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { readConfigBundle, writeConfigBundle, type VerifiedBundle } from '../../storage/configBundle.ts';
import { readBundleContent, type ConfigBundleContent } from '../../storage/configBundleContent.ts';
import { compareConfigBundles } from '../compareConfigBundles.ts';
import { exportConfigBundle, partsOfSpec, type ExportRequest } from '../exportConfigBundle.ts';
import { importConfigBundle, type ImportedBundle } from '../importConfigBundle.ts';
import { redisPassword } from './secretHandlers.ts';
import { environmentOf, specOfDraft, type WindowContext } from './windowContext.ts';

const FILTERS = ['triad'];

type Wish = Pick<ExportRequest, 'withBinaries' | 'passphrase'>;

/** The bundle of a draft's cluster as its last validation saw it. Nothing is contacted or written. */
async function partsOf(context: WindowContext, draft: Draft, wish: Wish): ReturnType<typeof exportConfigBundle> {
  const { home, bundles, triadVersion, files } = context;
  return exportConfigBundle({
    spec: specOfDraft(draft, files),
    home,
    bundles,
    triadVersion,
    environment: environmentOf(context, draft.id),
    passwordKeeper: { read: async () => redisPassword(context, draft.id) },
    ...wish,
  });
}

function hasPrograms(paths: Iterable<string>): boolean {
  return [...paths].some((path) => path.startsWith('redis/'));
}

function lastValidation({ runs }: ConfigBundleContent): RunRecord | null {
  return runs.findLast(({ record }) => record.workflow === 'validate')?.record ?? null;
}

/** Asks for a place and writes the bundle there; null when cancelled. The validation that it rests on was made before. Throws what an export throws. */
export async function exportBundle(context: WindowContext, draftId: string, wish: Wish): Promise<ExportedBundle | null> {
  if (wish.passphrase !== null) context.platform.hideSecret(wish.passphrase);
  const draft = await context.drafts.load(draftId);
  const parts = await partsOf(context, draft, wish);
  const place = await context.platform.saveFile({
    title: say(message('window.core.exportBundle')),
    defaultName: `${draft.name.trim()}.triad`,
    filters: [{ name: say(message('window.core.bundles')), extensions: FILTERS }],
  });
  if (place === null) return null;
  const bundle = await writeConfigBundle(place, parts);
  const content = readBundleContent(bundle, place);
  return {
    file: await context.files.remember(place),
    sizeBytes: bundle.sizeBytes,
    sha256: bundle.sha256,
    parts: bundle.parts.size,
    verdict: lastValidation(content)?.verdict ?? 'unknown',
    isSealed: content.sealed !== null,
    hasPrograms: hasPrograms(bundle.parts.keys()),
  };
}

async function chooseBundle({ platform }: WindowContext): Promise<string | null> {
  return platform.chooseFile({
    title: say(message('window.core.chooseBundle')),
    filters: [
      { name: say(message('window.core.bundles')), extensions: FILTERS },
      { name: say(message('window.core.allFiles')), extensions: ['*'] },
    ],
  });
}

function keysOf({ hostKeys }: Pick<ConfigBundleContent, 'hostKeys'>): BundleContent['hostKeys'] {
  return Object.entries(hostKeys).map(([endpoint, key]) => ({ endpoint, key }));
}

/** Asks for a bundle, verifies it and tells what is in it; null when cancelled. Throws `configBundle.*`. */
export async function inspectBundle(context: WindowContext): Promise<BundleContent | null> {
  const place = await chooseBundle(context);
  if (place === null) return null;
  const bundle = await readConfigBundle(place);
  const content = readBundleContent(bundle, place);
  const { manifest, plan, nodes, runs, sealed } = content;
  return {
    file: await context.files.remember(place),
    sizeBytes: bundle.sizeBytes,
    sha256: bundle.sha256,
    cluster: manifest.cluster,
    madeAt: manifest.madeAt,
    triadVersion: manifest.triadVersion,
    engine: plan.engine,
    version: plan.version,
    servers: plan.servers.map(({ name, address, ssh }) => ({ name, address, login: `${ssh.user}@${ssh.host}:${ssh.port}` })),
    nodes: nodes.nodes.map(({ node, endpoint, role, redisId }) => ({ node, endpoint, role, redisId })),
    hostKeys: keysOf(content),
    runs: runs.map(({ runId, record }) => ({
      runId,
      workflow: record.workflow,
      verdict: record.verdict ?? 'unknown',
      at: record.finishedAt ?? record.startedAt,
    })),
    isSealed: sealed !== null,
    hasPrograms: hasPrograms(bundle.parts.keys()),
    parts: manifest.parts.map(({ path, sizeBytes }) => ({ path, sizeBytes })),
  };
}

function placeOf({ files }: WindowContext, fileId: string): string {
  const place = files.pathOf(fileId);
  if (place === null) throw fail('configBundle.unreadable', adminSubject, { values: { file: fileId, reason: 'ENOENT' } });
  return place;
}

/** Compares a bundle that was chosen before with another one that is asked for; null when cancelled. */
export async function compareWithBundle(context: WindowContext, fileId: string): Promise<BundleComparison | null> {
  const place = placeOf(context, fileId);
  const one = await readConfigBundle(place);
  const otherPlace = await chooseBundle(context);
  if (otherPlace === null) return null;
  const other = await readConfigBundle(otherPlace);
  return {
    first: basename(place),
    second: { kind: 'bundle', name: basename(otherPlace) },
    differences: [...compareConfigBundles(one.parts, other.parts)],
  };
}

/** Compares a bundle with the cluster of a draft: as it was last validated, else as its specification would make it. */
export async function compareWithCluster(context: WindowContext, draftId: string, fileId: string): Promise<BundleComparison> {
  const place = placeOf(context, fileId);
  const one = await readConfigBundle(place);
  const draft = await context.drafts.load(draftId);
  const first = basename(place);
  try {
    // What the other brings of programs is no difference between the clusters.
    const parts = await partsOf(context, draft, { withBinaries: hasPrograms(one.parts.keys()), passphrase: null });
    const differences = compareConfigBundles(one.parts, new Map(parts.map(({ path, bytes }) => [path, bytes])));
    return { first, second: { kind: 'validated', at: madeAtOf(parts) }, differences: [...differences] };
  } catch (error) {
    if (failureOf(error, adminSubject).code !== 'configBundle.noValidation') throw error;
    return { first, second: { kind: 'planned' }, differences: await fromPlanAlone(context, draft, one) };
  }
}

async function fromPlanAlone(context: WindowContext, draft: Draft, one: VerifiedBundle): Promise<BundleComparison['differences']> {
  const { home, bundles, files } = context;
  const made = await partsOfSpec(specOfDraft(draft, files), readBundleContent(one, '').plan, {
    home,
    bundles,
    triadVersion: one.manifest.triadVersion,
  });
  return [...compareConfigBundles(one.parts, made, { onlyFromPlan: true })];
}

/** The end of the newest run in parts that were made here. */
function madeAtOf(parts: Awaited<ReturnType<typeof exportConfigBundle>>): string {
  const manifest = parts.find(({ path }) => path === BUNDLE_PATHS.manifest);
  const text = new TextDecoder().decode(manifest?.bytes);
  return ConfigBundleManifest.parse(JSON.parse(text)).madeAt;
}

/** Opens the folder of a bundle in the file manager. */
export async function openBundleFolder(context: WindowContext, fileId: string): Promise<void> {
  await context.platform.showFolder(dirname(placeOf(context, fileId)));
}

async function importHere(context: WindowContext, place: string, passphrase: string | null): Promise<ImportedBundle> {
  const { home, drafts, files, withKnownHosts, platform } = context;
  const onSecret = (secret: string): void => platform.hideSecret(secret);
  return importConfigBundle({ home, drafts, files, withKnownHosts, onSecret, file: place, passphrase, privateKeyFile: null });
}

async function takenOf(
  context: WindowContext,
  place: string,
  { content, newRuns, hasPassword, absentFiles }: ImportedBundle,
): Promise<TakenBundle> {
  return {
    file: await context.files.remember(place),
    cluster: content.spec.name,
    servers: content.spec.servers.map(({ name, address }) => ({ name, address })),
    newRuns: newRuns.length,
    hostKeys: keysOf(content),
    hasPassword,
    isSealed: content.sealed !== null,
    absentFiles: absentFiles.map((file) => basename(file)),
  };
}

/** Takes a cluster over from a bundle, its sealed password left closed. Throws `configBundle.*`; then nothing was taken. */
export async function takeBundle(context: WindowContext, place: string): Promise<Draft> {
  const imported = await importHere(context, place, null);
  context.takenBundles.set(imported.draft.id, await takenOf(context, place, imported));
  return imported.draft;
}

/** Opens the sealed password of the bundle that a draft was taken from, and keeps it. Throws `configBundle.wrongPassphrase` and others of its kind. */
export async function openSealed(context: WindowContext, draftId: string, passphrase: string): Promise<TakenBundle> {
  context.platform.hideSecret(passphrase);
  const before = context.takenBundles.get(draftId);
  const place = placeOf(context, before?.file.id ?? '');
  const taken = await takenOf(context, place, await importHere(context, place, passphrase));
  // Opening the password again brings no run that was not brought before.
  const now = { ...taken, newRuns: before?.newRuns ?? taken.newRuns };
  context.takenBundles.set(draftId, now);
  return now;
}
