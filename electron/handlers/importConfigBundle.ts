import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { formatEndpoint } from '../shared/domain/address.ts';
import { BUNDLED_ARCHIVE, BUNDLED_SERVICE_PROGRAM, BUNDLED_WINDOWS_ARCHIVE } from '../shared/domain/configBundle.ts';
import { draftOfSpec, specInputOf, type ChosenFile, type Draft } from '../shared/domain/draft.ts';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { specInputOfSpec } from '../shared/domain/specInput.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { withPrivateKey } from '../shared/domain/withPrivateKey.ts';
import type { ChosenFiles } from '../storage/chosenFiles.ts';
import { readConfigBundle, type VerifiedBundle } from '../storage/configBundle.ts';
import { readBundleContent, type ConfigBundleContent } from '../storage/configBundleContent.ts';
import { newId, type Drafts } from '../storage/drafts.ts';
import type { KnownHosts } from '../storage/knownHosts.ts';
import { RUN_EVENTS_FILE } from '../storage/runJournal.ts';
import type { OnSecret } from '../storage/secrets.ts';
import { openSecrets } from '../storage/sealedSecrets.ts';
import { parseSpec } from '../storage/specFile.ts';
import {
  chosenFilesFile,
  draftsFolder,
  generatedPasswordFile,
  importedArchiveFile,
  importedBundlesFolder,
  importedSpecFile,
  importedWindowsArchiveFile,
  knownHostsFile,
  runsFolder,
} from '../storage/triadHome.ts';
import { writeTogether, type FileToWrite } from '../storage/writeTogether.ts';
import { keptPassword } from './passwordKeeper.ts';
import { sortedAddresses } from './runSummaries.ts';
import { strangersOfName } from './window/windowContext.ts';

/** A bundle to import, and where to. The ports are handed in, since a window holds them open. */
export interface ImportRequest {
  readonly file: string;
  readonly home: string;
  /** Opens the sealed secrets; null leaves them closed. */
  readonly passphrase: string | null;
  /** A private key of this machine, in the place of every one that the specification names; null keeps those. */
  readonly privateKeyFile: string | null;
  readonly drafts: Drafts;
  readonly files: ChosenFiles;
  readonly withKnownHosts: <Result>(work: (knownHosts: KnownHosts) => Promise<Result>) => Promise<Result>;
  readonly onSecret?: OnSecret;
}

/** What an import has brought. */
export interface ImportedBundle {
  readonly content: ConfigBundleContent;
  readonly specFile: string;
  readonly draft: Draft;
  /** Runs that were not kept here before. */
  readonly newRuns: readonly string[];
  readonly hasPassword: boolean;
  /** Files that the specification names and that are not on this machine. */
  readonly absentFiles: readonly string[];
}

const encoder = new TextEncoder();

async function contentOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
}

/** The specification as it is meant on this machine. */
function specHere(spec: ClusterSpec, request: ImportRequest, programs: readonly FileToWrite[]): ClusterSpec {
  const { privateKeyFile, home } = request;
  const { archive, windowsArchive } = spec.redis;
  /** Where an archive lies that the bundle has brought. */
  const brought = (file: string): { readonly file: string } | null => programs.find((one) => one.file === file) ?? null;
  const place = brought(importedArchiveFile(home, spec.name));
  const windowsPlace = brought(importedWindowsArchiveFile(home, spec.name));
  return {
    ...(privateKeyFile === null ? spec : withPrivateKey(spec, privateKeyFile)),
    redis: {
      ...spec.redis,
      ...(archive === undefined || place === null ? {} : { archive: { ...archive, file: place.file } }),
      ...(windowsArchive === undefined || windowsPlace === null ? {} : { windowsArchive: { ...windowsArchive, file: windowsPlace.file } }),
    },
  };
}

function filesNamed(spec: ClusterSpec): readonly string[] {
  const keys = spec.servers.flatMap(({ ssh }) => (ssh.login.kind === 'key' ? [ssh.login.privateKeyFile] : []));
  const { archive, windowsArchive, passwordFile } = spec.redis;
  return [...new Set([...keys, ...[archive?.file, windowsArchive?.file, passwordFile].filter((file) => file !== undefined)])];
}

/** Refuses a bundle whose cluster's name belongs to another one here: runs, password and specification are kept under it. */
async function requireOwnName(spec: ClusterSpec, home: string): Promise<void> {
  const own = sortedAddresses(spec.servers.map(({ address }) => String(address)));
  const kept = await contentOf(importedSpecFile(home, spec.name));
  const reading = kept === null ? null : parseSpec(kept, '/');
  const other =
    (await strangersOfName(home, spec.name, own)) ??
    (reading?.ok === true ? sortedAddresses(reading.spec.servers.map(({ address }) => String(address))) : own);
  if (!isDeepStrictEqual(other, own))
    throw fail('configBundle.otherCluster', adminSubject, {
      values: { cluster: spec.name, kept: other.join(', '), brought: own.join(', ') },
    });
}

function requireSameKeys({ hostKeys, spec }: ConfigBundleContent, known: KnownHosts): void {
  for (const { ssh } of spec.servers) {
    const target = { address: ssh.host, port: ssh.port };
    const endpoint = formatEndpoint(target);
    const [brought, kept] = [hostKeys[endpoint], known.keyOf(target)];
    if (brought !== undefined && kept !== null && kept.fingerprint !== brought.fingerprint)
      throw fail('configBundle.hostKeyDiffers', adminSubject, {
        values: { endpoint, known: kept.fingerprint, brought: brought.fingerprint },
      });
  }
}

/** The journals that are not kept here yet. Throws `configBundle.runDiffers` for one that is, with other content. */
async function newJournals(
  { runs, spec }: ConfigBundleContent,
  home: string,
): Promise<readonly (FileToWrite & { readonly runId: string })[]> {
  const found = await Promise.all(
    runs.map(async ({ runId, journal }) => {
      const file = join(runsFolder(home, spec.name), runId, RUN_EVENTS_FILE);
      const kept = await contentOf(file);
      if (kept === null) return [{ runId, file, bytes: encoder.encode(journal) }];
      if (kept === journal) return [];
      throw fail('configBundle.runDiffers', adminSubject, { values: { runId, file } });
    }),
  );
  return found.flat();
}

/** The sealed password as a file of this home; none where it stays closed or is kept here already. Throws `configBundle.*`. */
async function passwordFiles(content: ConfigBundleContent, request: ImportRequest): Promise<readonly FileToWrite[]> {
  const { passphrase, file, home } = request;
  if (passphrase === null) return [];
  const { sealed, spec } = content;
  if (sealed === null) throw fail('configBundle.notSealed', adminSubject, { values: { file } });
  const { redisPassword } = await openSecrets(sealed, passphrase, { cluster: spec.name, file });
  request.onSecret?.(redisPassword);
  const place = generatedPasswordFile(home, spec.name);
  const kept = await keptPassword(home, spec.name, request.onSecret);
  if (kept !== null && kept !== redisPassword) throw fail('configBundle.passwordDiffers', adminSubject, { values: { file: place } });
  return kept === null ? [{ file: place, bytes: encoder.encode(`${redisPassword}\n`) }] : [];
}

/** The server programs that the bundle brings, at their places in this home. Those of another bundle are never replaced. */
async function programFiles({ parts }: VerifiedBundle, { spec }: ConfigBundleContent, home: string): Promise<readonly FileToWrite[]> {
  const files = [...parts].flatMap(([path, bytes]) => {
    if (path === BUNDLED_WINDOWS_ARCHIVE) return [{ file: importedWindowsArchiveFile(home, spec.name), bytes }];
    if (path === BUNDLED_ARCHIVE) return [{ file: importedArchiveFile(home, spec.name), bytes }];
    // This Triad has its own, and only that one is sent to a server.
    if (path === BUNDLED_SERVICE_PROGRAM) return [];
    return path.startsWith('redis/') ? [{ file: join(importedBundlesFolder(home), path.slice('redis/'.length)), bytes }] : [];
  });
  const wanted = await Promise.all(
    files.map(async ({ file, bytes }) => {
      const kept = await readFile(file).catch(() => null);
      if (kept !== null && !kept.equals(bytes)) throw fail('storage.unwritable', adminSubject, { values: { file, reason: 'EEXIST' } });
      return { file, bytes };
    }),
  );
  return wanted;
}

/** The draft of the imported specification: the one that says the same, else a new one; with the runs that came along. */
async function saveDraft(content: ConfigBundleContent, spec: ClusterSpec, request: ImportRequest): Promise<Draft> {
  const { drafts, files } = request;
  const chosen = new Map<string, ChosenFile>();
  for (const place of filesNamed(spec)) chosen.set(place, await files.remember(place));
  const about = { id: newId(), updatedAt: content.manifest.madeAt };
  const fileOf = (path: string): ChosenFile => chosen.get(path) ?? { id: '', name: '' };
  const fresh = draftOfSpec(spec, about, { defaultVersion: content.plan.version, fileOf });
  const known = (await drafts.list()).find((one) => isDeepStrictEqual(specInputOf(one), specInputOf(fresh)));
  const lastOf = (workflow: string): string | null => content.runs.findLast(({ record }) => record.workflow === workflow)?.runId ?? null;
  const base = known ?? fresh;
  const newer = (kept: string | null, brought: string | null): string | null =>
    kept === null || (brought !== null && brought > kept) ? brought : kept;
  const draft: Draft = {
    ...base,
    reached: 'report',
    runs: {
      ...base.runs,
      install: newer(base.runs.install, lastOf('install')),
      failoverTest: newer(base.runs.failoverTest, lastOf('failoverTest')),
      validate: newer(base.runs.validate, lastOf('validate')),
    },
  };
  await drafts.save(draft);
  return draft;
}

async function isAbsent(file: string): Promise<boolean> {
  return access(file).then(
    () => false,
    () => true,
  );
}

/**
 * Takes a bundle into a home: specification, draft, host keys, journals, programs, and the password where it is opened. Everything is read and proved
 * first, and where anything is refused or cannot be written, everything is as it was. No server is contacted.
 */
export async function importConfigBundle(request: ImportRequest): Promise<ImportedBundle> {
  const { file, home } = request;
  const bundle = await readConfigBundle(file);
  const content = readBundleContent(bundle, file);
  const programs = await programFiles(bundle, content, home);
  const spec = specHere(content.spec, request, programs);
  await requireOwnName(spec, home);
  await request.withKnownHosts(async (known) => Promise.resolve(requireSameKeys(content, known)));
  const journals = await newJournals(content, home);
  // After all that takes no time: a passphrase takes a second.
  const passwords = await passwordFiles(content, request);
  const specFile = importedSpecFile(home, spec.name);
  const specText = stringify(specInputOfSpec(spec));
  const earlier = await contentOf(specFile);
  const specs: readonly FileToWrite[] = [
    // Whoever has changed the specification of an earlier import finds it beside the new one.
    ...(earlier === null || earlier === specText ? [] : [{ file: `${specFile}.before-import`, bytes: encoder.encode(earlier) }]),
    { file: specFile, bytes: encoder.encode(specText) },
  ];
  return request.withKnownHosts(async (known) => {
    requireSameKeys(content, known);
    const drafts = await request.drafts.list();
    const touched = [knownHostsFile(home), chosenFilesFile(home), ...drafts.map(({ id }) => join(draftsFolder(home), `${id}.json`))];
    return writeTogether([...journals, ...programs, ...passwords, ...specs], touched, async () => {
      for (const { ssh } of spec.servers) {
        const target = { address: ssh.host, port: ssh.port };
        const key = content.hostKeys[formatEndpoint(target)];
        if (key !== undefined && known.keyOf(target) === null) await known.accept(target, key);
      }
      const named = await Promise.all(filesNamed(spec).map(async (one) => ((await isAbsent(one)) ? [one] : [])));
      const hasPassword = (await keptPassword(home, spec.name, request.onSecret)) !== null;
      // Last, and one file: with it the window shows the cluster.
      const draft = await saveDraft(content, spec, request);
      return { content, specFile, draft, newRuns: journals.map(({ runId }) => runId), hasPassword, absentFiles: named.flat() };
    });
  });
}
