import { expect, it } from 'vitest';
import type { ServerBlueprint } from '../artifacts/blueprint.ts';
import { beforeFile, beforeInstall } from '../artifacts/beforeRecord.ts';
import { planChanges } from '../artifacts/planChanges.ts';
import { foundFile, withPath } from '../artifacts/testing/fakeFacts.ts';
import { freshWindowsFacts, installedWindowsFacts, sampleWindowsBlueprint, sampleWindowsPlan } from '../artifacts/testing/sampleWindows.ts';
import { SCENARIOS, type FailoverScenario } from '../shared/domain/scenario.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { requireOwnService } from './requireOwnService.ts';
import type { RunContext } from './runContext.ts';

const plan = sampleWindowsPlan(['windows', 'linux', 'windows']);
const server = 'server-1';
const blueprint: ServerBlueprint = sampleWindowsBlueprint(plan, server);
const installed = installedWindowsFacts(blueprint, beforeFile(blueprint.beforePath, beforeInstall(blueprint, freshWindowsFacts())).content);
const [{ unit, program, definition } = { unit: '', program: '', definition: '' }] = blueprint.services;
const [, other] = blueprint.services;

/** What Windows runs for the master's service, or another one. */
const runs = (imagePath: string, of = unit, runsEarlier = false): ServerFacts => ({
  ...installed,
  units: installed.units.map((one) => (one.unit === of ? { ...one, imagePath, runsEarlier } : one)),
});
const OWN = `"${program}" service "${definition}"`;
const EARLIER = OWN.replace('0123abcd', '89abcdef');

async function judge(scenario: FailoverScenario, facts: ServerFacts, victim = server): Promise<unknown> {
  const context = {
    plan,
    blueprints: new Map([[server, blueprint]]),
    facts: new Map([[server, facts]]),
    pending: new Map([[server, planChanges(blueprint, facts)]]),
  } as unknown as RunContext;
  return requireOwnService([{ server: victim, scenario, round: 1 }]).run(context, '');
}

const refusal = (reason: string): Error =>
  expect.objectContaining({
    failure: expect.objectContaining({
      code: 'failover.installFirst',
      values: expect.objectContaining({ reason, server }) as unknown,
    }) as unknown,
  }) as Error;

it.each(['processFrozen', 'processRestarted'] as const)('%s is made on what this Triad has installed', async (scenario) => {
  expect(await judge(scenario, runs(OWN.toUpperCase()))).toBe('observed');
  // Nobody told what Windows runs: nothing speaks against it.
  expect(await judge(scenario, installed)).toBe('observed');
});

it.each(['processFrozen', 'processRestarted'] as const)('%s is refused on what an earlier Triad has installed', async (scenario) => {
  for (const path of [program ?? '', definition])
    await expect(async () => judge(scenario, withPath(runs(OWN), foundFile(path, 'earlier', undefined, false)))).rejects.toThrow(
      refusal(`${path} is not the one of this Triad`),
    );
  await expect(async () => judge(scenario, runs(EARLIER))).rejects.toThrow(refusal(`Windows runs the service ${unit} as ${EARLIER}`));
});

it.each(['processFrozen', 'processRestarted'] as const)('%s is refused where the service was not started since', async (scenario) => {
  await expect(async () => judge(scenario, runs(OWN, unit, true))).rejects.toThrow(
    refusal(`the service ${unit} was started before it was installed anew, and goes on as it was`),
  );
});

it('no other trial needs it, nor one on a Linux server, nor a node that is not hit', async () => {
  for (const scenario of SCENARIOS.filter((one) => !['processFrozen', 'processRestarted'].includes(one)))
    expect(await judge(scenario, runs(EARLIER))).toBe('observed');
  expect(await judge('processFrozen', runs(EARLIER), 'server-2')).toBe('observed');
  expect(await judge('processFrozen', runs(EARLIER, other?.unit))).toBe('observed');
});

it('what is refused is mended by an installation, which tells Windows again without a restart', () => {
  expect(planChanges(blueprint, runs(EARLIER))).toEqual([
    { kind: 'service', id: `service:${unit}:enable`, unit, action: 'enable', definition: { path: definition, program } },
  ]);
  expect(planChanges(blueprint, runs(OWN))).toEqual([]);
});
