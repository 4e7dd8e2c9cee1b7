import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draftOfSpec } from '../../../electron/shared/domain/draft.ts';
import type { RunEvent, RunEventBody } from '../../../electron/shared/domain/events.ts';
import { planCluster } from '../../../electron/shared/domain/plan.ts';
import { ClusterSpec } from '../../../electron/shared/domain/spec.ts';
import { manyEvents } from '../../../electron/shared/domain/testing/manyEvents.ts';
import { RUN_EVENTS_FILE } from '../../../electron/storage/runJournal.ts';
import { draftsFolder, runsFolder } from '../../../electron/storage/triadHome.ts';

const runId = '20260101T000000000Z-install';

/**
 * Puts an installation that is over, with a journal of `count` events, and its draft into a TRIAD_HOME, so that the window can be shown
 * them without any server.
 */
export async function writeLongRun(home: string, count: number): Promise<void> {
  const address = (number: number): string => `192.0.2.${number}`;
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'long',
    servers: [1, 2, 3].map((number) => ({
      name: `server-${number}`,
      address: address(number),
      ssh: { host: address(number), user: 'root', auth: { agent: true } },
    })),
  });
  const plan = planCluster(spec, {
    version: '7.0.15',
    origin: 'built',
    folderName: 'redis-7.0.15',
    licence: 'BSD-3-Clause',
    sourceArchive: 'redis.tar.gz',
    sourceSha256: '0'.repeat(64),
    files: [],
  });
  const draft = draftOfSpec(
    spec,
    { id: randomBytes(16).toString('hex'), updatedAt: '2026-01-01T00:00:00.000Z' },
    { defaultVersion: '7.0.15', fileOf: () => ({ id: '', name: '' }) },
  );
  const reached = { ...draft, reached: 'install', runs: { ...draft.runs, install: runId } };
  await mkdir(draftsFolder(home), { recursive: true });
  await writeFile(join(draftsFolder(home), `${draft.id}.json`), JSON.stringify(reached));
  const folder = join(runsFolder(home, plan.cluster), runId);
  await mkdir(folder, { recursive: true });
  const startMs = Date.parse('2026-01-01T00:00:00.000Z');
  const bodies: readonly RunEventBody[] = [
    ...manyEvents(plan, runId, count - 1),
    { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false },
  ];
  const lines = bodies.map((body, index) => {
    const event: RunEvent = { seq: index + 1, at: new Date(startMs + index).toISOString(), sinceStartMs: index, ...body };
    return `${JSON.stringify(event)}\n`;
  });
  await writeFile(join(folder, RUN_EVENTS_FILE), lines.join(''));
}
