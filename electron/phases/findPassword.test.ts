import { expect, test } from 'vitest';
import { renderAuthConf } from '../artifacts/authConf.ts';
import { foundFile, freshFacts, withPath } from '../artifacts/testing/fakeFacts.ts';
import { sampleBlueprint, samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { Host } from '../hosts/host.ts';
import { findPassword } from './findPassword.ts';
import type { RunContext } from './runContext.ts';

/** A run on three servers, of which the first ones have these passwords, and what it told the log to hide, in order. */
function bench(...passwords: readonly string[]): { readonly context: RunContext; readonly told: string[] } {
  const plan = samplePlan();
  const blueprints = new Map(plan.servers.map(({ name }) => [name, sampleBlueprint(plan, name)]));
  const told: string[] = [];
  const factsOf = (name: string, index: number): ReturnType<typeof freshFacts> => {
    const secretFile = blueprints.get(name)?.files.find(({ holdsSecret }) => holdsSecret)?.path ?? '';
    return index < passwords.length ? withPath(freshFacts(), foundFile(secretFile, '')) : freshFacts();
  };
  const facts = new Map(plan.servers.map(({ name }, index) => [name, factsOf(name, index)]));
  const hostOf = (index: number): Host => {
    const readSecretFile = (): Promise<string> => {
      told.push('read');
      return Promise.resolve(renderAuthConf(passwords[index] ?? ''));
    };
    return { readSecretFile } as unknown as Host;
  };
  const context = {
    plan,
    again: null,
    lost: new Map(),
    signal: new AbortController().signal,
    password: { value: null, origin: 'unknown' },
    blueprints,
    facts,
    pending: new Map(),
    hosts: new Map(plan.servers.map(({ name }, index) => [name, hostOf(index)])),
    emit: () => undefined,
    ways: {
      onSecret: (secret: string) => told.push(secret),
      keepPassword: (value?: string) => Promise.resolve(value ?? 'made by the run'),
      blueprintsFor: (value: string) => {
        told.push(`blueprints with ${value}`);
        return blueprints;
      },
    },
  } as unknown as RunContext;
  return { context, told };
}

test('a password that a server has is told to the log before anything is made with it', async () => {
  const { context, told } = bench('found $ "here"');
  await findPassword('look').run(context, '');
  expect(context.password).toEqual({ value: 'found $ "here"', origin: 'server' });
  expect(told.slice(0, 2)).toEqual(['read', 'found $ "here"']);
  expect(told.indexOf('blueprints with found $ "here"')).toBeGreaterThan(told.indexOf('found $ "here"'));
});

test('passwords that differ are told before the run ends over them', async () => {
  const { context, told } = bench('one', 'another');
  await expect(findPassword('look').run(context, '')).rejects.toMatchObject({ failure: { code: 'redis.passwordDiffers' } });
  expect(told).toEqual(expect.arrayContaining(['one', 'another']));
});

test('one that is made only to look is told, too', async () => {
  const { context, told } = bench();
  await findPassword('look').run(context, '');
  const { value } = context.password;
  expect(value).toMatch(/^[\w-]{43}$/u);
  expect(told.slice(0, 2)).toEqual([value, `blueprints with ${value}`]);
});
