import { describe, expect, it } from 'vitest';
import { sampleFacts, sampleChanges } from '../../report/testing/sampleParts.ts';
import { samplePlan } from '../../report/testing/sampleRecord.ts';
import { keptThings } from './keptThings.ts';
import type { FoundPath, FoundUnit } from './server.ts';

const plan = samplePlan();
const found = (path: string, kind: FoundPath['kind']): FoundPath => ({
  path,
  kind,
  mode: 0o644,
  owner: 'root',
  group: 'root',
  sizeBytes: 1,
  sha256: null,
  content: null,
});
const unit = (name: string, load: string): FoundUnit => ({
  unit: name,
  load,
  active: 'active',
  sub: 'running',
  enabled: 'enabled',
  mainPid: 1,
  needsReload: false,
  restarts: 0,
});

describe('keptThings', () => {
  const facts = {
    ...sampleFacts(plan, 'server-1'),
    serviceUser: { exists: true, uid: 990 },
    paths: [
      found('/etc/sysctl.d', 'folder'),
      found('/etc/sysctl.d/90-triad-sessions.conf', 'file'),
      found('/opt/triad/x', 'absent'),
      found('/opt/triad/readme', 'file'),
    ],
    units: [unit('triad-sessions-7000.service', 'loaded'), unit('other.timer', 'loaded'), unit('gone.service', 'not-found')],
    firewall: { kind: 'ufw' as const, isActive: true, ownRules: ['triad:sessions:peer:a'], persistedRules: [], evidence: '' },
  };

  it('lists what is there and not touched by a change', () => {
    expect(keptThings(facts, sampleChanges(plan, 'server-1'), 'triad-redis')).toEqual([
      { kind: 'folder', name: '/etc/sysctl.d' },
      { kind: 'file', name: '/opt/triad/readme' },
      { kind: 'service', name: 'other.timer' },
    ]);
  });

  it('lists everything that is there when nothing is to be done', () => {
    expect(keptThings(facts, [], 'triad-redis').map(({ kind }) => kind)).toEqual([
      'user',
      'folder',
      'file',
      'file',
      'service',
      'service',
      'rule',
    ]);
  });
});
