import { expect, test } from 'vitest';
import type { CheckResult } from '../shared/domain/check.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import { say, message } from '../shared/messages/message.ts';
import { asAdopted } from './notInstalledByTriad.ts';
import { examplePlan } from './testing/exampleFacts.ts';

const plan = examplePlan();
const theirs = { ...plan, adopted: true } as const;
const result = (id: string, remedy: CheckResult['remedy'], differences: Partial<CheckResult> = {}): CheckResult => ({
  id,
  subject: id.startsWith('cluster') ? clusterSubject : serverSubject('server-1'),
  verdict: 'warn',
  expected: message('check.unobserved.expected'),
  observed: message('check.unobserved.noReason'),
  evidence: 'seen',
  remedy,
  ...differences,
});

test("what compares a cluster with an installation of Triad does not apply to somebody else's, with or without SSH", () => {
  const drift = result('server.drift', message('check.server.drift.remedy'));
  const unmade = result('server.ports', message('check.redisOnly.remedy'), { verdict: 'unknown', unmade: 'ssh' });
  for (const one of asAdopted([drift, unmade], theirs)) {
    expect([one.verdict, one.observed.code, one.remedy, one.evidence, one.unmade]).toEqual([
      'skipped',
      'check.adopted.observed',
      null,
      '',
      undefined,
    ]);
  }
  expect(asAdopted([drift, unmade], plan)).toEqual([drift, unmade]);
});

test('a finding keeps its verdict, but sends nobody to a command that would refuse, or to a unit that nobody knows', () => {
  const [roles, settings, service, disk] = asAdopted(
    [
      result('cluster.roles', message('check.cluster.roles.remedy')),
      result('node.settings', message('check.node.settings.remedy')),
      result('node.answers', message('check.node.answers.remedy', { unit: '', server: 'server-1' })),
      result('node.connections', message('check.node.connections.remedy')),
    ],
    theirs,
  );
  expect([roles?.remedy?.code, settings?.remedy?.code, service?.remedy?.code]).toEqual([
    'check.adopted.roles.remedy',
    'check.adopted.remedy',
    'check.adopted.remedy',
  ]);
  expect(disk?.remedy?.code).toBe('check.node.connections.remedy');
  expect([roles?.verdict, settings?.evidence]).toEqual(['warn', 'seen']);
  expect(say(roles?.remedy ?? message('check.adopted.remedy'))).toContain('CLUSTER FAILOVER');
});
