import { isDeepStrictEqual } from 'node:util';
import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { specInputOf, type Draft } from '../../shared/domain/draft.ts';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import type { ChosenFiles } from '../../storage/chosenFiles.ts';
import type { Drafts } from '../../storage/drafts.ts';
import { openKnownHosts, type KnownHosts } from '../../storage/knownHosts.ts';
import type { Vault } from '../../storage/vault.ts';
import type { TakenBundle } from '../../shared/contract/bundles.ts';
import type { RunSummary } from '../../shared/contract/procedures.ts';
import type { Platform } from './platform.ts';
import { listKeptRuns, sinceRemoval, sortedAddresses, type Ending, type KeptRun } from '../runSummaries.ts';

/** What the window's handlers share. */
export interface WindowContext {
  readonly platform: Platform;
  readonly home: string;
  /** Folder of the server bundles. */
  readonly bundles: string;
  readonly triadVersion: string;
  readonly isPackaged: boolean;
  readonly drafts: Drafts;
  readonly vault: Vault;
  readonly files: ChosenFiles;
  readonly environment: NodeJS.ProcessEnv;
  /** What was taken over from bundles that were opened since Triad was started, by draft. */
  readonly takenBundles: Map<string, TakenBundle>;
  /** Does something with the accepted host keys, one after the other: each of several tests at once must see what those before it have accepted. */
  readonly withKnownHosts: <Result>(work: (knownHosts: KnownHosts) => Promise<Result>) => Promise<Result>;
}

/** The specification of a draft, with the places of its chosen files. Throws `spec.invalid` while something in it is missing or wrong. */
export function specOfDraft(draft: Draft, files: ChosenFiles): ClusterSpec {
  const parsed = ClusterSpec.safeParse(specInputOf(draft));
  if (!parsed.success)
    throw fail('spec.invalid', adminSubject, {
      values: { count: parsed.error.issues.length },
      evidence: parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('\n'),
    });
  const placeOf = (id: string): string => {
    const path = files.pathOf(id);
    if (path === null) throw fail('spec.unreadable', adminSubject, { values: { file: id, reason: 'ENOENT' } });
    return path;
  };
  const spec = parsed.data;
  return {
    ...spec,
    servers: spec.servers.map((server) =>
      server.ssh.login.kind === 'key'
        ? { ...server, ssh: { ...server.ssh, login: { ...server.ssh.login, privateKeyFile: placeOf(server.ssh.login.privateKeyFile) } } }
        : server,
    ),
    redis: {
      ...spec.redis,
      ...(spec.redis.archive === undefined ? {} : { archive: { ...spec.redis.archive, file: placeOf(spec.redis.archive.file) } }),
      ...(spec.redis.windowsArchive === undefined
        ? {}
        : { windowsArchive: { ...spec.redis.windowsArchive, file: placeOf(spec.redis.windowsArchive.file) } }),
    },
  };
}

/** Where secrets are looked up in a run of the window: the vault's, and of the process only the agent's socket. */
export function environmentOf(context: WindowContext, draft: string): NodeJS.ProcessEnv {
  const socket = context.environment['SSH_AUTH_SOCK'];
  return { ...(socket === undefined ? {} : { SSH_AUTH_SOCK: socket }), ...context.vault.valuesOf(draft) };
}

/** Makes {@link WindowContext.withKnownHosts} for a file. It is read anew each time, since the command line may have written it meanwhile. */
export function knownHostsInOrder(file: string): WindowContext['withKnownHosts'] {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const done = last.then(async () => work(await openKnownHosts(file)));
    last = done.catch(() => undefined);
    return done;
  };
}

/** The name of a draft's cluster, or null while it is none: it is part of paths. */
export function clusterNameOf(draft: Draft): string | null {
  const name = ClusterSpec.shape.name.safeParse(draft.name.trim());
  return name.success ? name.data : null;
}

/** The runs of a draft's cluster, newest first: those under its name on its servers. Another cluster may have had the same name. */
export async function runsOfDraft(
  context: Pick<WindowContext, 'home'>,
  draft: Draft,
  present: ReadonlyMap<string, Ending>,
): Promise<readonly RunSummary[]> {
  return (await keptRunsOfDraft(context, draft, present)).map(({ summary }) => summary);
}

/** {@link runsOfDraft}, with what else the journals say. */
export async function keptRunsOfDraft(
  context: Pick<WindowContext, 'home'>,
  draft: Draft,
  present: ReadonlyMap<string, Ending>,
): Promise<readonly KeptRun[]> {
  const name = clusterNameOf(draft);
  if (name === null) return [];
  const own = sortedAddresses(draft.servers.map(({ address }) => address));
  return (await listKeptRuns(context.home, name, present)).filter(({ addresses }) => isDeepStrictEqual(addresses, own));
}

/** The servers of another cluster that was installed from here under this name and not removed since, or null. */
export async function strangersOfName(home: string, name: string, own: readonly string[]): Promise<readonly string[] | null> {
  const others = (await listKeptRuns(home, name, new Map())).filter(({ addresses }) => !isDeepStrictEqual(addresses, sortedAddresses(own)));
  const lists = new Map(others.map(({ addresses }) => [addresses.join(' '), addresses]));
  for (const addresses of lists.values()) {
    const runs = sinceRemoval(others.filter((one) => isDeepStrictEqual(one.addresses, addresses)).map(({ summary }) => summary));
    if (runs.some(({ workflow }) => workflow === 'install')) return addresses;
  }
  return null;
}
