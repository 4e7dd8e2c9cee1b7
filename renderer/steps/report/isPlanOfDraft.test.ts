import { describe, expect, it } from 'vitest';
import { readDraft, type Draft } from '../../../electron/shared/domain/draft.ts';
import { previewPlan } from '../../../electron/shared/domain/previewPlan.ts';
import { filledDraft } from '../../bridge/testing/fakeBridge.ts';
import { isPlanOfDraft } from './isPlanOfDraft.ts';

const reading = readDraft(filledDraft());
if (!reading.ok) throw new Error('the sample draft is complete');
// As a run records it: with a folder that is named after a bundle, which a preview does not know.
const plan = { ...previewPlan(reading.spec), folders: { ...previewPlan(reading.spec).folders, bin: '/opt/triad/bin/redis-7.0.15-3f3f3f' } };

const firstServer = (change: Partial<Draft['servers'][number]>) => (draft: Draft) => ({
  ...draft,
  servers: draft.servers.map((server, at) => (at === 0 ? { ...server, ...change } : server)),
});
const redis = (change: Partial<Draft['redis']>) => (draft: Draft) => ({ ...draft, redis: { ...draft.redis, ...change } });
const paths = (change: Partial<Draft['paths']>) => (draft: Draft) => ({ ...draft, paths: { ...draft.paths, ...change } });
const isSame = (change: (draft: Draft) => Draft): boolean => isPlanOfDraft(plan, readDraft(change(filledDraft())));

describe('a plan of the past and the draft of today', () => {
  it.each<[string, (draft: Draft) => Draft]>([
    ['nothing', (draft) => draft],
    ['the memory', redis({ maxMemory: '512mb' })],
    ['the user who logs in', firstServer({ user: 'ana' })],
  ])('touch the same when what differs is %s', (_, change) => {
    expect(isSame(change)).toBe(true);
  });

  it.each<[string, (draft: Draft) => Draft]>([
    ['the name', (draft) => ({ ...draft, name: 'other' })],
    ['a server’s name', firstServer({ name: 'elsewhere' })],
    ['an address', firstServer({ address: '10.0.0.9' })],
    ['where SSH goes', firstServer({ sshHost: '10.0.0.9' })],
    ['the SSH port', firstServer({ sshPort: '2222' })],
    ['the port of the masters', redis({ masterPort: '7010' })],
    ['the port of the replicas', redis({ replicaPort: '7011' })],
    ['the folder of the programs', paths({ install: '/srv/triad' })],
    ['the folder of the data', paths({ data: '/srv/data' })],
    ['the folder of the logs', paths({ logs: '/srv/logs' })],
    ['that the draft is not complete', firstServer({ address: '' })],
  ])('do not when what differs is %s', (_, change) => {
    expect(isSame(change)).toBe(false);
  });

  it('touch the same where the run has found out that the servers have Windows, which the draft leaves open', () => {
    const windows = (draft: Draft): Draft => ({ ...draft, servers: draft.servers.map((server) => ({ ...server, platform: 'windows' })) });
    const found = readDraft(windows(filledDraft()));
    // Nothing is said in the sample.
    const open = filledDraft().servers;
    expect(open.filter(({ platform }) => platform !== undefined)).toEqual([]);
    if (!found.ok) throw new Error('the sample draft is complete');
    expect(isPlanOfDraft(previewPlan(found.spec), readDraft({ ...filledDraft(), servers: open }))).toBe(true);
    expect(isPlanOfDraft(plan, found)).toBe(false);
  });
});
