import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, onTestFinished, test } from 'vitest';
import { sampleMinimal } from '../report/testing/sampleRecord.ts';
import { FIRST_RUN_ITEMS, FirstRunReport, type FirstRunItem } from '../shared/domain/firstRun.ts';
import { fail, failureOf } from '../shared/domain/failure.ts';
import type { Platform } from '../shared/domain/platform.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject, serverSubject } from '../shared/domain/subject.ts';
import { firstRunSpec, runFirstRun, type FinishedFirstRun, type FirstRunAnswer, type FirstRunRequest } from './firstRun.ts';
import type { RunRequest } from './startRun.ts';

function specOf(platforms: readonly Platform[] = ['windows', 'linux', 'windows']): ClusterSpec {
  return ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    redis: { passwordEnv: 'PRODUCTION_PASSWORD' },
    servers: platforms.map((platform, index) => ({
      name: `server-${index + 1}`,
      address: `10.0.0.${index + 1}`,
      platform,
      ssh: { user: 'admin', auth: { agent: true } },
    })),
  });
}

/** Which item a run is of: the phases tell, and of two installations the order. */
function itemOf({ workflow, phases }: RunRequest): string {
  const ids = phases.phases.map(({ id }) => id);
  const own = [
    'lookAtSystems',
    'awaitShellBack',
    'lookAtServices',
    'saveUnderLoad',
    'saveExcluded',
    'crashService',
    'awaitRestart',
    'awaitPolicyGone',
  ];
  return own.find((id) => ids.includes(id)) ?? workflow;
}

const passed = (): RunRecord => ({ ...sampleMinimal(), verdict: 'pass', finishedAt: '2026-01-01T00:00:00.000Z' });
const failed = (error: Error): RunRecord => ({ ...passed(), verdict: 'fail', failure: failureOf(error, adminSubject) });

interface Setting extends Partial<FirstRunRequest> {
  readonly record?: (item: string, runs: readonly string[]) => RunRecord | Error;
}

async function folderForTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-first-run-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  return folder;
}

async function walk(
  output: string,
  { record = passed, ...setting }: Setting = {},
): Promise<
  FinishedFirstRun & { readonly runs: readonly string[]; readonly asked: readonly string[]; readonly outcomes: Record<string, string> }
> {
  const runs: string[] = [];
  const asked: string[] = [];
  const finished = await runFirstRun({
    spec: specOf(),
    bundles: '/nowhere',
    home: '/nowhere',
    output,
    acceptNewHostKeys: false,
    triadVersion: '1.2.3',
    signal: new AbortController().signal,
    ask: (item) => {
      asked.push(item.id);
      return Promise.resolve('do');
    },
    onItem: () => undefined,
    onEvent: () => undefined,
    start: (request) => {
      const item = itemOf(request);
      const one = record(item, runs);
      runs.push(item);
      return one instanceof Error ? Promise.reject(one) : Promise.resolve({ record: one });
    },
    platforms: (spec) => Promise.resolve(spec),
    ...setting,
  });
  return { ...finished, runs, asked, outcomes: Object.fromEntries(finished.report.items.map(({ id, outcome }) => [id, outcome])) };
}

test('every item is done in its order, by the workflows that everybody uses where there are any; only looking is not asked for', async () => {
  const output = await folderForTest();
  const { runs, asked, report } = await walk(output);
  expect(runs).toEqual([
    'lookAtSystems',
    'check',
    'awaitShellBack',
    'install',
    'lookAtServices',
    'install',
    'failoverTest',
    'failoverTest',
    'failoverTest',
    'saveUnderLoad',
    'saveExcluded',
    'crashService',
    'awaitRestart',
    'awaitPolicyGone',
    'validate',
    'remove',
  ]);
  expect(asked).toEqual(FIRST_RUN_ITEMS.filter(({ kind }) => kind !== 'looks').map(({ id }) => id));
  expect(report).toMatchObject({ triad: '1.2.3', cluster: 'first-run', server: 'server-1' });
  const written = FirstRunReport.parse(JSON.parse(await readFile(join(output, 'first-run.json'), 'utf8')));
  expect(written).toEqual(report);
  expect(await readFile(join(output, 'runs/check/report.html'), 'utf8')).toContain('<!doctype html>');
});

test('the cluster has a name and a password of its own, and the rest is as specified', () => {
  const { name, redis, servers } = firstRunSpec(specOf());
  expect([name, redis.passwordEnv, redis.passwordFile]).toEqual(['first-run', undefined, undefined]);
  expect(servers).toEqual(specOf().servers);
});

test('what has passed is kept when it is gone on with, and everything else is offered again', async () => {
  const output = await folderForTest();
  const answers: Record<string, FirstRunAnswer> = { otherShell: 'leave', failover: 'stop' };
  const first = await walk(output, { ask: ({ id }: FirstRunItem) => Promise.resolve(answers[id] ?? 'do') });
  expect(first.outcomes).toMatchObject({ check: 'passed', otherShell: 'declined', install: 'passed', failover: 'open', remove: 'open' });
  const second = await walk(output);
  expect(second.runs.slice(0, 2)).toEqual(['awaitShellBack', 'failoverTest']);
  expect(new Set(Object.values(second.outcomes))).toEqual(new Set(['passed']));
  expect(second.report.startedAt).toBe(first.report.startedAt);
});

test('an interruption ends it, and the item is done again the next time', async () => {
  const output = await folderForTest();
  const abort = new AbortController();
  const interrupted = await walk(output, {
    signal: abort.signal,
    record: (item) => {
      if (item !== 'failoverTest') return passed();
      abort.abort();
      return { ...failed(fail('run.aborted', adminSubject)), wasAborted: true };
    },
  });
  expect(interrupted.outcomes).toMatchObject({ secondRun: 'passed', failover: 'interrupted', saveUnderLoad: 'open' });
  const later = await walk(output);
  expect(later.runs[0]).toBe('failoverTest');
});

test('without the cluster nothing is done that needs it, but half of one may be removed', async () => {
  const { outcomes, runs } = await walk(await folderForTest(), {
    record: (item) =>
      item === 'install' ? failed(fail('host.programBlocked', serverSubject('server-1'), { evidence: '0x800704EC' })) : passed(),
  });
  expect(outcomes).toMatchObject({
    install: 'failed',
    services: 'notPossible',
    failover: 'notPossible',
    validate: 'notPossible',
    remove: 'passed',
  });
  expect(runs.at(-1)).toBe('remove');
});

test('an installation that failed and was cleared away is offered again, and so is its removal', async () => {
  const output = await folderForTest();
  await walk(output, {
    record: (item) => (item === 'install' ? failed(fail('check.failed', adminSubject, { values: { count: 1 } })) : passed()),
  });
  const { outcomes, runs } = await walk(output);
  expect([outcomes['install'], outcomes['failover'], runs.at(-1)]).toEqual(['passed', 'passed', 'remove']);
  // Once all is done and removed, nothing is left to do.
  expect((await walk(output)).runs).toEqual([]);
});

test('a second installation that changes something has failed', async () => {
  const { report } = await walk(await folderForTest(), {
    record: (item, runs) => {
      const change = {
        kind: 'folder',
        id: 'folder:C:\\Triad',
        path: 'C:\\Triad',
        owner: 'BA',
        group: 'BA',
        mode: 0o750,
        action: 'create',
        undo: [],
      };
      const applied = { server: 'server-1', phase: 'layOutServer', change, outcome: { id: change.id, outcome: 'done', evidence: '' } };
      return item === 'install' && runs.includes('install')
        ? { ...passed(), appliedChanges: [applied] as unknown as RunRecord['appliedChanges'] }
        : passed();
    },
  });
  const second = report.items.find(({ id }) => id === 'secondRun');
  expect([second?.outcome, second?.evidence]).toEqual(['failed', 'server-1 folder:C:\\Triad']);
});

test('what is not there, what was not seen, and what kept a run from beginning are told apart, with the evidence', async () => {
  const subject = serverSubject('server-1');
  const { report } = await walk(await folderForTest(), {
    record: (item) =>
      item === 'saveExcluded'
        ? failed(fail('firstRun.notPossible', subject, { values: { server: 'server-1', reason: 'no Defender' } }))
        : item === 'crashService'
          ? failed(fail('firstRun.unmet', subject, { values: { server: 'server-1', reason: 'not restarted' }, evidence: 'raw words' }))
          : item === 'validate'
            ? fail('secret.missing', adminSubject, { values: { name: 'LOGIN', purpose: 'login' } })
            : passed(),
  });
  const told = (id: string): unknown => {
    const found = report.items.find((item) => item.id === id);
    return [found?.outcome, found?.reason, found?.evidence];
  };
  expect(told('defender')).toEqual(['notPossible', 'server-1: no Defender', '']);
  expect(told('failureActions')).toEqual(['failed', 'server-1: not restarted', 'raw words']);
  expect(told('validate')).toEqual(['failed', 'The environment variable LOGIN is not set (login)', '']);
});

test('servers without Windows, another server than one of Windows, and the report of others are refused before anything is begun', async () => {
  const output = await folderForTest();
  await expect(walk(output, { spec: specOf(['linux', 'linux', 'linux']) })).rejects.toThrow('none of these servers runs Windows');
  await expect(walk(output, { server: 'server-2' })).rejects.toThrow('server-2 is none of the Windows servers: server-1, server-3');
  await walk(output);
  await expect(walk(output, { server: 'server-3' })).rejects.toThrow('is the report of other servers');
  await writeFile(join(output, 'first-run.json'), '{');
  await expect(walk(output)).rejects.toThrow('storage.damaged');
});

test('the published schema holds for what is written', async () => {
  const { report } = await walk(await folderForTest());
  const schema: unknown = JSON.parse(await readFile(new URL('../../resources/schema/first-run.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema as object);
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors).toBeNull();
  expect(validate({ ...report, more: 1 })).toBe(false);
});
