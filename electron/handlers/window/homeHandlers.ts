import type { HomeCard, RunSummary } from '../../shared/contract/procedures.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import { triedServers } from '../../shared/domain/triedServers.ts';
import { listClusters } from '../../storage/runJournal.ts';
import { listKeptRuns, sinceRemoval, sortedAddresses, seenStanding, type Ending } from '../runSummaries.ts';
import { clusterNameOf, runsOfDraft, specOfDraft, type WindowContext } from './windowContext.ts';

function newestOfEach(runs: readonly RunSummary[]): RunSummary[] {
  const seen = new Set<string>();
  return runs.filter(({ workflow }) => !seen.has(workflow) && seen.add(workflow));
}

function tried(servers: readonly string[], runs: readonly RunSummary[]): HomeCard['tried'] {
  return [...triedServers(servers, runs)];
}

function isComplete({ files }: WindowContext, draft: Draft): boolean {
  try {
    specOfDraft(draft, files);
    return true;
  } catch {
    return false;
  }
}

/** Everything that Home shows: drafts, and clusters of which runs are kept (also those of the command line), newest first. */
export async function listHome(context: WindowContext, present: ReadonlyMap<string, Ending>): Promise<readonly HomeCard[]> {
  const drafts = await context.drafts.list();
  const ofDrafts = await Promise.all(
    drafts.map(async (draft): Promise<HomeCard> => {
      const isOwn = Object.values(draft.runs).some((run) => run !== null);
      const runs = isOwn ? sinceRemoval(await runsOfDraft(context, draft, present)) : [];
      return {
        draftId: draft.id,
        name: draft.name,
        addresses: draft.servers.map(({ address }) => address),
        updatedAt: draft.updatedAt,
        runs: newestOfEach(runs),
        tried: tried(
          draft.servers.map((server) => server.name.trim()),
          runs,
        ),
        ...(await seenStanding(context.home, clusterNameOf(draft) ?? '', runs)),
        isComplete: isComplete(context, draft),
        ...(draft.adopted === undefined ? {} : { isAdopted: true }),
      };
    }),
  );
  const places = (name: string, addresses: readonly string[]): string => `${name} ${sortedAddresses(addresses).join(' ')}`;
  const shown = new Set(ofDrafts.filter(({ runs }) => runs.length > 0).map(({ name, addresses }) => places(name.trim(), addresses)));
  const ofCommandLine = await Promise.all(
    (await listClusters(context.home)).map(async (name): Promise<readonly HomeCard[]> => {
      const kept = await listKeptRuns(context.home, name, present);
      const lists = new Map(kept.map(({ addresses }) => [places(name, addresses), addresses]));
      return Promise.all(
        [...lists]
          .filter(([place, addresses]) => addresses.length > 0 && !shown.has(place))
          .map(async ([place, addresses]): Promise<HomeCard> => {
            const own = kept.filter((run) => places(name, run.addresses) === place);
            const runs = sinceRemoval(own.map(({ summary }) => summary));
            return {
              draftId: null,
              name,
              addresses: [...addresses],
              updatedAt: runs[0]?.startedAt ?? '',
              runs: newestOfEach(runs),
              tried: tried(own[0]?.servers ?? [], runs),
              ...(await seenStanding(context.home, name, runs)),
              isComplete: false,
            };
          }),
      );
    }),
  );
  return [...ofDrafts, ...ofCommandLine.flat()].toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}
