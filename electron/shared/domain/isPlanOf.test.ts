import { describe, expect, it } from 'vitest';
import { samplePlan } from '../../report/testing/sampleRecord.ts';
import { isPlanOf } from './isPlanOf.ts';
import { ClusterSpec } from './spec.ts';

interface Input {
  readonly name: string;
  readonly servers: readonly { readonly name: string; readonly address: string; readonly ssh: object }[];
  readonly redis: object;
  readonly firewall: { readonly manage: boolean; readonly clients: readonly string[] };
}

const plan = samplePlan();
const input: Input = {
  name: 'sessions',
  servers: plan.servers.map(({ name, address }) => ({ name, address, ssh: { user: 'admin', auth: { agent: true } } })),
  redis: { version: '7.0.15' },
  firewall: { manage: true, clients: ['10.77.0.0/24'] },
};
const spec = (change: Partial<Input> = {}): ClusterSpec => ClusterSpec.parse({ schemaVersion: 1, ...input, ...change });

describe('isPlanOf', () => {
  it('recognises the plan of a specification', () => {
    expect(isPlanOf(plan, spec())).toBe(true);
  });

  it('does not mind another way to log in', () => {
    const servers = input.servers.map((server) => ({ ...server, ssh: { user: 'root', auth: { passwordEnv: 'SSH_PASSWORD_1' } } }));
    expect(isPlanOf(plan, spec({ servers }))).toBe(true);
  });

  it.each([
    ['a firewall that is not managed', { firewall: { manage: false, clients: ['10.77.0.0/24'] } }],
    ['another client network', { firewall: { manage: true, clients: [] } }],
    ['another port', { redis: { version: '7.0.15', masterPort: 7100 } }],
    ['another node timeout', { redis: { version: '7.0.15', nodeTimeoutMs: 2000 } }],
    ['another version', { redis: { version: '7.2.4' } }],
    ['an own archive', { redis: { version: '7.0.15', archive: { file: 'a.tar.gz', sha256: 'ab'.repeat(32) } } }],
    ['another server', { servers: input.servers.map((one, index) => (index === 2 ? { ...one, address: '10.77.0.99' } : one)) }],
    ['another name', { name: 'cache' }],
  ])('notices %s', (_, change) => {
    expect(isPlanOf(plan, spec(change))).toBe(false);
  });
});
