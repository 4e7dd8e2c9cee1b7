import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { readPrivateKey } from '../../hosts/ssh/readPrivateKey.ts';
import type { ProcedureOutput } from '../../shared/contract/procedures.ts';
import { draftOfSpec, emptyDraft, neededSecrets, specInputOf, type ChosenFile, type Draft } from '../../shared/domain/draft.ts';
import { fail } from '../../shared/domain/failure.ts';
import type { ClusterSpec } from '../../shared/domain/spec.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { newId } from '../../storage/drafts.ts';
import { parseSpec, type SpecReading } from '../../storage/specFile.ts';
import { reasonOf, writePrivateFile } from '../../storage/versionedFile.ts';
import { dirname, basename } from 'node:path';
import { listClusters } from '../../storage/runJournal.ts';
import type { WindowContext } from './windowContext.ts';

/** The version that counts where a specification names none. */
export type DefaultVersion = (engine: ClusterSpec['redis']['engine']) => string;

/** What the files of specifications end with. */
export const SPEC_FILTERS = ['yaml', 'yml', 'json'];

function now(): string {
  return new Date().toISOString();
}

/** A new draft with the defaults, under a name that no draft and no known cluster has. */
export async function createDraft(context: WindowContext, defaultVersion: string): Promise<Draft> {
  const taken = new Set([...(await context.drafts.list()).map(({ name }) => name.trim()), ...(await listClusters(context.home))]);
  const made = emptyDraft(newId(), now(), defaultVersion);
  const names = [made.name, ...Array.from({ length: taken.size }, (_, index) => `${made.name}-${index + 2}`)];
  const draft = { ...made, name: names.find((name) => !taken.has(name)) ?? made.name };
  await context.drafts.save(draft);
  return draft;
}

/** Saves a draft as the window has it, with the moment. */
export async function saveDraft(context: WindowContext, draft: Draft): Promise<void> {
  await context.drafts.save({ ...draft, updatedAt: now() });
}

/** Forgets a draft and its secrets. What was installed with it stays, and so do its runs. */
export async function removeDraft(context: WindowContext, id: string): Promise<void> {
  await context.drafts.remove(id);
  await context.vault.forget(id);
}

function specOf(reading: SpecReading, file: string): ClusterSpec {
  if (reading.ok) return reading.spec;
  const evidence = reading.issues
    .map((issue) => `${basename(file)}: ${issue.path} ${say(issue.message)} ${issue.value}`.trimEnd())
    .join('\n');
  throw fail('spec.invalid', adminSubject, { values: { count: reading.issues.length }, evidence });
}

/** The draft of a specification's text, made and saved unless there is one that says the same; `file` says where it stood. Secrets that the environment names are taken over. */
export async function draftOfText(context: WindowContext, text: string, file: string, defaultVersion: DefaultVersion): Promise<Draft> {
  const spec = specOf(parseSpec(text, dirname(file)), file);
  const places = new Set(
    spec.servers
      .flatMap(({ ssh }) => (ssh.login.kind === 'key' ? [ssh.login.privateKeyFile] : []))
      .concat(spec.redis.archive?.file ?? [], spec.redis.windowsArchive?.file ?? []),
  );
  const files = new Map<string, ChosenFile>();
  for (const place of places) files.set(place, await context.files.remember(place));
  const fileOf = (path: string): ChosenFile => files.get(path) ?? { id: '', name: '' };
  const fresh = draftOfSpec(spec, { id: newId(), updatedAt: now() }, { defaultVersion: defaultVersion(spec.redis.engine), fileOf });
  // Opened again: the draft with everything that was reached since.
  const known = (await context.drafts.list()).find((one) => isDeepStrictEqual(specInputOf(one), specInputOf(fresh)));
  const draft = known ?? fresh;
  if (known === undefined) await context.drafts.save(draft);
  for (const { name, kind, server } of neededSecrets(draft)) {
    const value = valueFromEnvironment(context, spec, kind, server);
    if (value !== undefined && value !== '') await context.vault.put(draft.id, name, value);
  }
  return draft;
}

/** The secret that the specification finds in an environment variable of this process, where it is set. */
function valueFromEnvironment(
  { environment }: WindowContext,
  spec: ClusterSpec,
  kind: ReturnType<typeof neededSecrets>[number]['kind'],
  index: number | null,
): string | undefined {
  if (kind === 'redisPassword') return spec.redis.passwordEnv === undefined ? undefined : environment[spec.redis.passwordEnv];
  const ssh = spec.servers[index ?? 0]?.ssh;
  if (ssh === undefined) return undefined;
  const ref =
    kind === 'sudoPassword'
      ? ssh.sudoPassword
      : ssh.login.kind === 'password'
        ? ssh.login.password
        : ssh.login.kind === 'key'
          ? ssh.login.passphrase
          : null;
  return ref?.kind === 'env' ? environment[ref.name] : undefined;
}

/** Asks for a specification file and makes a draft of it; null when cancelled. */
export async function openSpec(context: WindowContext, defaultVersion: DefaultVersion): Promise<Draft | null> {
  const file = await context.platform.chooseFile({
    title: say(message('window.core.openSpec')),
    filters: [
      { name: say(message('window.core.specsAndBundles')), extensions: [...SPEC_FILTERS, 'triad'] },
      { name: say(message('window.core.allFiles')), extensions: ['*'] },
    ],
  });
  return file === null ? null : openSpecFile(context, file, defaultVersion);
}

/** Takes a cluster over from a bundle. Its sealed password stays closed until the admin gives the passphrase; a running cluster's servers have it, too. */
async function openBundle(context: WindowContext, file: string): Promise<Draft> {
  return (await import('./bundleHandlers.ts')).takeBundle(context, file);
}

/** Makes a draft of a specification file, or takes over the cluster of a bundle. Throws `spec.unreadable`, `spec.invalid` or `configBundle.*`. */
export async function openSpecFile(context: WindowContext, file: string, defaultVersion: DefaultVersion): Promise<Draft> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw fail('spec.unreadable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
  return isText(bytes) ? draftOfText(context, bytes.toString('utf8'), file, defaultVersion) : openBundle(context, file);
}

/** Whether a file is a specification, whatever its name: no text holds a zero byte, and every bundle does, also a damaged one. */
function isText(bytes: Buffer): boolean {
  return !bytes.includes(0);
}

/** Asks for a place and writes a draft as a specification for the command line, with the places of its files. */
export async function exportSpec(context: WindowContext, id: string): Promise<ProcedureOutput<'drafts.export'>> {
  const draft = await context.drafts.load(id);
  const file = await context.platform.saveFile({
    title: say(message('window.core.exportSpec')),
    defaultName: `${draft.name}.yaml`,
    filters: [{ name: say(message('window.core.specs')), extensions: SPEC_FILTERS }],
  });
  if (file === null) return null;
  const withPlaces = (value: unknown): unknown => {
    if (typeof value === 'string') return context.files.pathOf(value) ?? value;
    if (Array.isArray(value)) return value.map(withPlaces);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withPlaces(one)]));
    return value;
  };
  await writePrivateFile(file, stringify(withPlaces(specInputOf(draft))));
  return { name: basename(file) };
}

/** Asks for a private key and says what it is; null when cancelled. Throws `ssh.keyUnreadable`. */
export async function chooseKey(context: WindowContext): Promise<ProcedureOutput<'files.chooseKey'>> {
  const path = await context.platform.chooseFile({
    title: say(message('window.core.chooseKey')),
    filters: [{ name: say(message('window.core.allFiles')), extensions: ['*'] }],
  });
  if (path === null) return null;
  const unreadable = (reason: string): Error => fail('ssh.keyUnreadable', adminSubject, { values: { file: path, reason } });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(reasonOf(error));
  });
  context.platform.hideSecret(text);
  const reading = readPrivateKey(text, null);
  if (reading.kind === 'unreadable') throw unreadable(typeof reading.reason === 'string' ? reading.reason : say(reading.reason));
  const file = await context.files.remember(path);
  return reading.kind === 'key' ? { file, type: reading.key.type, hasPassphrase: false } : { file, type: '', hasPassphrase: true };
}

/** Asks for an archive with the admin's own build and hashes it; null when cancelled. */
export async function chooseArchive(context: WindowContext): Promise<ProcedureOutput<'files.chooseArchive'>> {
  const path = await context.platform.chooseFile({
    title: say(message('window.core.chooseArchive')),
    filters: [{ name: say(message('window.core.archives')), extensions: ['gz', 'tgz'] }],
  });
  if (path === null) return null;
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fail('bundle.unreadable', adminSubject, { values: { subject: `${basename(path)}: ${reasonOf(error)}` } });
  });
  return { file: await context.files.remember(path), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Writes a text that is no secret to a place that the admin chose. Throws `storage.unwritable`. */
export async function writeChosen(file: string, content: string | Buffer): Promise<{ readonly name: string }> {
  try {
    await writeFile(file, content);
  } catch (error) {
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
  return { name: basename(file) };
}
