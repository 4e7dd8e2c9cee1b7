import { expect, it } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import { freshWindowsFacts, sampleWindowsFacts } from '../artifacts/testing/sampleWindows.ts';
import type { FailoverScenario } from '../shared/domain/scenario.ts';
import type { WindowsFacts } from '../shared/domain/server.ts';
import { requireFirewall } from './requireFirewall.ts';
import type { RunContext } from './runContext.ts';

type Profiles = WindowsFacts['firewallProfiles'];

const plan = samplePlan();
const [first, second] = plan.servers.map(({ name }) => name);
const ON: Profiles = (['domain', 'private', 'public'] as const).map((profile) => ({ profile, isEnabled: true, takesLocalRules: true }));

async function judge(scenario: FailoverScenario, firewallProfiles: Profiles, server = first ?? ''): Promise<unknown> {
  const context = {
    plan: { ...plan, servers: plan.servers.map((one) => ({ ...one, platform: one.name === first ? 'windows' : 'linux' })) },
    facts: new Map([[first, freshWindowsFacts({ windows: { ...sampleWindowsFacts, firewallProfiles } })]]),
  } as unknown as RunContext;
  return requireFirewall([{ server, scenario, round: 1 }]).run(context, '');
}

const refusal = (reason: string): Error =>
  expect.objectContaining({
    failure: expect.objectContaining({ code: 'failover.noFirewall', values: expect.objectContaining({ reason }) as unknown }) as unknown,
  }) as Error;

const withPublic = (change: Partial<Profiles[number]>): Profiles =>
  ON.map((one) => (one.profile === 'public' ? { ...one, ...change } : one));

it('a cut of a Windows server wants a firewall that is on in every profile and takes the rules of the server', async () => {
  expect(await judge('networkCut', ON)).toBe('observed');
  await expect(async () => judge('networkCut', withPublic({ isEnabled: false }))).rejects.toThrow(
    refusal('it is switched off in its profile public'),
  );
  await expect(async () => judge('networkCut', withPublic({ takesLocalRules: false }))).rejects.toThrow(
    refusal('a group policy has it ignore rules made on the server in its profile public'),
  );
});

it('nothing else needs it, and a Linux server drops packets without one', async () => {
  expect(await judge('serverLost', withPublic({ isEnabled: false }))).toBe('observed');
  expect(await judge('networkCut', ON, second)).toBe('observed');
});
