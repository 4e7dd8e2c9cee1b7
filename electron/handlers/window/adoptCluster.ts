import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { emptyDraft, formatMemory, type Draft } from '../../shared/domain/draft.ts';
import { fail } from '../../shared/domain/failure.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import type { RunSummary } from '../../shared/contract/procedures.ts';
import { AdoptedSpec } from '../../shared/domain/spec.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { newId } from '../../storage/drafts.ts';
import { findRunFolder, readRunEvents } from '../../storage/runJournal.ts';
import { parseSpec } from '../../storage/specFile.ts';
import { importedSpecFile } from '../../storage/triadHome.ts';
import { foldRun } from '../foldRun.ts';
import { listKeptRuns, sinceRemoval, sortedAddresses } from '../runSummaries.ts';
import { draftOfText, type DefaultVersion } from './draftHandlers.ts';
import type { WindowContext } from './windowContext.ts';

/** Of a cluster that Triad did not install: its nodes as they were found, so that its draft goes on saying whose it is. */
function adoptedOf({ nodes }: ClusterPlan): AdoptedSpec {
  return AdoptedSpec.parse({
    nodes: nodes.map((node) => ({
      server: node.server,
      port: node.dataPort,
      ...(node.slots === null ? {} : { slots: [node.slots.first, node.slots.last] }),
      ...(node.replicaOf === null ? {} : { replicaOf: nodes.find(({ id }) => id === node.replicaOf)?.server }),
      dataFolder: node.dataFolder,
      ...(node.logFile === '' ? {} : { logFile: node.logFile }),
      ...(node.configFile === '' ? {} : { configFile: node.configFile }),
      ...(node.unit === '' ? {} : { unit: node.unit }),
    })),
  });
}

/** What a plan says, as it would have been typed. Logins are no part of a plan: each user is there, and how it logs in is to be given. */
function draftOfPlan(plan: ClusterPlan, about: { readonly id: string; readonly updatedAt: string }): Draft {
  const base = emptyDraft(about.id, about.updatedAt, plan.version);
  const portOf = (role: 'master' | 'replica'): string => String(plan.nodes.find((node) => node.role === role)?.dataPort ?? '');
  return {
    ...base,
    name: plan.cluster,
    servers: base.servers.map((blank, index) => {
      const planned = plan.servers[index];
      if (planned === undefined) return blank;
      const { name, address, ssh } = planned;
      const sshHost = String(ssh.host) === String(address) ? '' : ssh.host;
      return { ...blank, name, address, sshHost, sshPort: String(ssh.port), user: ssh.user };
    }),
    sameLogin: new Set(plan.servers.map(({ ssh }) => ssh.user)).size === 1,
    redis: {
      ...base.redis,
      engine: plan.engine,
      masterPort: portOf('master'),
      replicaPort: portOf('replica'),
      nodeTimeoutMs: String(plan.settings.nodeTimeoutMs),
      maxMemory: formatMemory(plan.settings.maxMemoryBytes),
      persistence: plan.settings.persistence,
    },
    paths: plan.adopted === true ? base.paths : plan.folders.roots,
    ...(plan.adopted === true ? { adopted: adoptedOf(plan) } : {}),
    firewall: { manage: plan.firewall.manage, clients: [...plan.firewall.clients] },
    ...windowsWishOf(plan),
  };
}

/** What the plan says that was wanted of its Windows servers alone. */
function windowsWishOf({ defenderExclusions, windowsService }: ClusterPlan): Pick<Draft, 'windows'> {
  if (defenderExclusions === undefined && windowsService === undefined) return {};
  return {
    windows: { defenderExclusions: defenderExclusions ?? 'none', ...(windowsService === undefined ? {} : { service: windowsService }) },
  };
}

/** The specification that an import has left, if it speaks of these servers. */
async function importedDraft(
  context: WindowContext,
  cluster: string,
  own: readonly string[],
  defaultVersion: DefaultVersion,
): Promise<Draft | null> {
  const file = importedSpecFile(context.home, cluster);
  const text = await readFile(file, 'utf8').catch(() => null);
  const reading = text === null ? null : parseSpec(text, '/');
  if (text === null || reading?.ok !== true) return null;
  const addresses = sortedAddresses(reading.spec.servers.map(({ address }) => String(address)));
  return isDeepStrictEqual(addresses, own) ? draftOfText(context, text, file, defaultVersion) : null;
}

function newestOf(runs: readonly RunSummary[], workflow: RunSummary['workflow']): string | null {
  return runs.find((run) => run.workflow === workflow && run.finishedAt !== null)?.runId ?? null;
}

/**
 * Makes and saves a draft of a cluster that is known by its run records only. The newest plan counts: a run that came later may have been made for other
 * ports or folders. Throws `storage.damaged` where no record can be read.
 */
export async function draftOfCluster(
  context: WindowContext,
  cluster: string,
  addresses: readonly string[],
  defaultVersion: DefaultVersion,
): Promise<Draft> {
  const own = sortedAddresses(addresses);
  const kept = (await listKeptRuns(context.home, cluster, new Map())).filter((run) => isDeepStrictEqual(run.addresses, own));
  const runs = sinceRemoval(kept.map(({ summary }) => summary));
  const newest = runs[0]?.runId ?? '';
  const imported = await importedDraft(context, cluster, own, defaultVersion);
  const folder = await findRunFolder(context.home, newest);
  if (folder === null) throw fail('storage.damaged', adminSubject, { values: { file: cluster, kept: cluster } });
  const made =
    imported ?? draftOfPlan(foldRun(await readRunEvents(folder), folder).plan, { id: newId(), updatedAt: new Date().toISOString() });
  const draft: Draft = {
    ...made,
    reached: 'report',
    runs: {
      ...made.runs,
      install: newestOf(runs, 'install'),
      failoverTest: newestOf(runs, 'failoverTest'),
      validate: newestOf(runs, 'validate'),
    },
  };
  await context.drafts.save(draft);
  return draft;
}
