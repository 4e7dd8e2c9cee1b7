import type { HomeCard } from '../../shared/contract/procedures.ts';
import type { RunSummary } from '../../shared/contract/procedures.ts';
import { runsFolder } from '../../storage/triadHome.ts';
import { readRunEvents } from '../../storage/runJournal.ts';
import { join } from 'node:path';
import { listRunSummaries, survivesAnyServer, type Ending } from './runSummaries.ts';
import { listClusters, type WindowContext } from './windowContext.ts';

function newestOfEach(runs: readonly RunSummary[]): readonly RunSummary[] {
  const seen = new Set<string>();
  return runs.filter(({ workflow }) => !seen.has(workflow) && seen.add(workflow));
}

/** Everything that Home shows: drafts, and clusters of which runs are kept (also those of the command line), newest first. */
export async function listHome(context: WindowContext, present: ReadonlyMap<string, Ending>): Promise<readonly HomeCard[]> {
  const drafts = await context.drafts.list();
  const ofDrafts = await Promise.all(
    drafts.map(async (draft): Promise<HomeCard> => {
      const name = draft.name.trim();
      const all = name === '' ? [] : await listRunSummaries(context.home, name, present);
      const runs = Object.values(draft.runs).some((run) => run !== null) ? all : [];
      return {
        draftId: draft.id,
        name: draft.name,
        addresses: draft.servers.map(({ address }) => address),
        updatedAt: draft.updatedAt,
        runs: [...newestOfEach(runs)],
        survivesAnyServer: await survivesAnyServer(context.home, name, runs),
      };
    }),
  );
  const shown = new Set(ofDrafts.filter(({ runs }) => runs.length > 0).map(({ name }) => name.trim()));
  const others = (await listClusters(context.home)).filter((name) => !shown.has(name));
  const ofCommandLine = await Promise.all(
    others.map(async (name): Promise<HomeCard | null> => {
      const runs = await listRunSummaries(context.home, name, present);
      const [newest] = runs;
      if (newest === undefined) return null;
      const events = await readRunEvents(join(runsFolder(context.home, name), newest.runId)).catch(() => []);
      const [first] = events;
      if (first?.type !== 'runStarted') return null;
      return {
        draftId: null,
        name,
        addresses: first.plan.servers.map(({ address }) => String(address)),
        updatedAt: newest.startedAt,
        runs: [...newestOfEach(runs)],
        survivesAnyServer: await survivesAnyServer(context.home, name, runs),
      };
    }),
  );
  return [...ofDrafts, ...ofCommandLine.filter((card) => card !== null)].toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}
