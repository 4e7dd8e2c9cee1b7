import { expect, test } from 'vitest';
import { renderAuthConf } from '../artifacts/authConf.ts';
import { foundFile, freshFacts, withPath } from '../artifacts/testing/fakeFacts.ts';
import { sampleBlueprint, samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { Host } from '../hosts/host.ts';
import { findPassword } from './findPassword.ts';
import type { RunContext } from './runContext.ts';

/** A run on three servers, of which the first has this password or none, and what it told the log to hide, in order. */
function bench(onFirst: string | null): { readonly context: RunContext; readonly told: string[] } {
  const plan = samplePlan();
  const blueprints = new Map(plan.servers.map(({ name }) => [name, sampleBlueprint(plan, name)]));
  const told: string[] = [];
  const shell = {
    run: () => {
      told.push('read');
      return Promise.resolve({ stdout: renderAuthConf(onFirst ?? '') });
    },
  };
  const [first = ''] = plan.servers.map(({ name }) => name);
  const secretFile = blueprints.get(first)?.files.find(({ holdsSecret }) => holdsSecret)?.path ?? '';
  const facts = new Map(plan.servers.map(({ name }) => [name, freshFacts()]));
  if (onFirst !== null) facts.set(first, withPath(freshFacts(), foundFile(secretFile, '')));
  const context = {
    plan,
    again: null,
    lost: new Map(),
    signal: new AbortController().signal,
    password: { value: null, origin: 'unknown' },
    blueprints,
    facts,
    pending: new Map(),
    hosts: new Map(plan.servers.map(({ name }) => [name, { shell } as unknown as Host])),
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

test('one that is made only to look is told, too', async () => {
  const { context, told } = bench(null);
  await findPassword('look').run(context, '');
  const { value } = context.password;
  expect(value).toMatch(/^[\w-]{43}$/u);
  expect(told.slice(0, 2)).toEqual([value, `blueprints with ${value}`]);
});
