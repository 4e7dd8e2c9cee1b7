import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import { sampleTrial } from '../report/testing/sampleTrial.ts';
import { fail } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { listHistory, runNamed } from './keptHistory.ts';
import { readReportSource } from './reportSource.ts';
import { keepRun } from './window/testing/keepRun.ts';
import { writeOutputs, writeUnbegun } from './writeOutputs.ts';

const plan = samplePlan();
const { failure } = fail('ssh.unreachable', clusterSubject, { values: { endpoint: '10.0.0.1:22', reason: '-' } });

async function place(): Promise<{
  readonly home: string;
  readonly files: { readonly junit: string; readonly prometheus: string };
  readonly read: () => Promise<string>;
}> {
  const home = await mkdtemp(join(tmpdir(), 'triad-outputs-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  const files = { junit: join(home, 'out', 'triad.xml'), prometheus: join(home, 'out', 'triad.prom') };
  return { home, files, read: async () => readFile(files.prometheus, 'utf8') };
}

const seriesOf = (text: string, name: string): readonly string[] =>
  text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));

test('a validation that has passed is green, with the figures of kept tests; the next one that cannot begin leaves nothing green', async () => {
  const { home, files, read } = await place();
  const [victim = ''] = plan.servers.map(({ name }) => name);
  await keepRun(home, {
    workflow: 'failoverTest',
    at: '20260101T030405000',
    plan,
    events: [{ type: 'trialFinished', trial: sampleTrial(plan, victim) }],
  });
  const runId = await keepRun(home, { workflow: 'validate', plan });
  const source = await readReportSource(runNamed(await listHistory(home), runId).folder);
  await writeOutputs(files, source, home);
  const green = await read();
  expect(seriesOf(green, 'triad_validation_verdict')).toEqual([`triad_validation_verdict{cluster="${plan.cluster}"} 0`]);
  expect(seriesOf(green, 'triad_failover_test_outage_seconds')).toHaveLength(1);
  expect((await stat(files.prometheus)).mode & 0o777).toBe(0o644);
  expect(await readFile(files.junit, 'utf8')).toContain('failures="0" errors="0"');

  const begunMs = Date.now();
  await writeUnbegun(files, { workflow: 'validate', failure, cluster: plan.cluster, servers: plan.servers.map(({ name }) => name) }, home);
  const red = await read();
  expect(seriesOf(red, 'triad_validation_verdict')).toEqual([`triad_validation_verdict{cluster="${plan.cluster}"} 4`]);
  expect(seriesOf(red, 'triad_cluster_survives_loss').filter((line) => !line.endsWith(' 0'))).toEqual([]);
  expect(Number(/^triad_validation_timestamp_seconds\{.*\} (.*)$/mu.exec(red)?.[1]) * 1000).toBeGreaterThanOrEqual(begunMs);
  expect(Number(/^triad_validation_passed_timestamp_seconds\{.*\} (.*)$/mu.exec(red)?.[1])).toBe(0);
  expect(seriesOf(red, 'triad_failover_test_outage_seconds')).toHaveLength(1);
  expect(await readFile(files.junit, 'utf8')).toContain('type="ssh.unreachable"');
  expect((await readdir(join(home, 'out'))).toSorted()).toEqual(['triad.prom', 'triad.xml']);
});

test('where the specification says nothing, the series keep the name and the servers that they had', async () => {
  const { home, files, read } = await place();
  await keepRun(home, { workflow: 'validate', plan });
  await writeUnbegun({ prometheus: files.prometheus }, { workflow: 'validate', failure, cluster: plan.cluster, servers: [] }, home);
  await writeUnbegun({ prometheus: files.prometheus }, { workflow: 'validate', failure, cluster: null, servers: [] }, home);
  expect(seriesOf(await read(), 'triad_validation_verdict')).toEqual([`triad_validation_verdict{cluster="${plan.cluster}"} 4`]);
  expect(seriesOf(await read(), 'triad_cluster_survives_loss')).toHaveLength(3);
  await rm(files.prometheus);
  await writeUnbegun({ prometheus: files.prometheus }, { workflow: 'validate', failure, cluster: null, servers: [] }, home);
  expect(seriesOf(await read(), 'triad_validation_verdict')).toEqual(['triad_validation_verdict 4']);
});

test('a place that cannot be written is told', async () => {
  const { home } = await place();
  await writeFile(join(home, 'file'), '');
  const prometheus = join(home, 'file', 'triad.prom');
  await expect(writeUnbegun({ prometheus }, { workflow: 'validate', failure, cluster: 'x', servers: [] }, home)).rejects.toMatchObject({
    failure: { code: 'storage.unwritable', values: { file: prometheus } },
  });
});
