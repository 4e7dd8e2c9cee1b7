import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunEvent } from '../shared/domain/events.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { listRuns, RUN_EVENTS_FILE } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { sortedAddresses } from './runSummaries.ts';

/** Runs further back are not read: a server that none of so many validations has seen is judged by its last start. */
const MOST_RUNS = 10;

/** Which servers' logs a run has judged, and when it had read them. Nothing of a run about other servers, or before it told its judgement. */
function judgedIn(events: readonly RunEvent[], own: string): ReadonlyMap<string, string> {
  const [first] = events;
  if (first?.type !== 'runStarted') return new Map();
  if (sortedAddresses(first.plan.servers.map(({ address }) => String(address))).join(' ') !== own) return new Map();
  const judged = new Set(
    events.flatMap((event) =>
      event.type === 'checkFinished' &&
      event.result.id === 'node.logErrors' &&
      event.result.verdict !== 'unknown' &&
      event.result.subject.kind === 'node'
        ? [event.result.subject.server]
        : [],
    ),
  );
  return new Map(
    events.flatMap((event) =>
      event.type === 'factsGathered' && judged.has(event.facts.server) ? [[event.facts.server, event.facts.at]] : [],
    ),
  );
}

/** The few events of a journal that are needed, the first among them. Parsing all of them would take longer than the rest of a validation's start. */
async function readEvents(folder: string): Promise<readonly RunEvent[]> {
  const lines = (await readFile(join(folder, RUN_EVENTS_FILE), 'utf8')).split('\n').slice(0, -1);
  const needed = lines.filter((line, at) => at === 0 || line.includes('"factsGathered"') || line.includes('"node.logErrors"'));
  return needed.map((line) => RunEvent.parse(JSON.parse(line)));
}

/**
 * When the logs of each server were last judged by a validation from this machine, UTC, by the server's name; missing where none is kept. What that one has
 * told is not told again. A validation that could not read the logs of a server, or was ended before it told, has judged nothing of it.
 */
export async function logsSeenAt(home: string, plan: ClusterPlan): Promise<ReadonlyMap<string, string>> {
  const folder = runsFolder(home, plan.cluster);
  const own = sortedAddresses(plan.servers.map(({ address }) => String(address))).join(' ');
  const runs = (await listRuns(folder)).filter((runId) => runId.endsWith('-validate')).toReversed();
  const seen = new Map<string, string>();
  for (const runId of runs.slice(0, MOST_RUNS)) {
    // A journal that cannot be read tells nothing; an older one may.
    const events = await readEvents(join(folder, runId)).catch(() => []);
    for (const [server, at] of judgedIn(events, own)) if (!seen.has(server)) seen.set(server, at);
    if (plan.servers.every(({ name }) => seen.has(name))) break;
  }
  return seen;
}
