import { describe, expect, test } from 'vitest';
import { WINDOWS_PORT_TEXTS } from './testing/portTexts.ts';
import { dynamicRangeIn, excludedRangesIn } from './portRanges.ts';
import { observeNothing, startFakeHost } from './testing/fakeHost.ts';

const answer = (text: string): Buffer => Buffer.from(text, 'latin1');

describe.each(Object.entries(WINDOWS_PORT_TEXTS))('netsh in %s', (_, { dynamic, excluded }) => {
  test('tells the range for connections that go out', () => {
    expect(dynamicRangeIn(dynamic)).toEqual([49_152, 65_535]);
  });

  test('tells what is excluded, without what an administrator has kept back', () => {
    expect(excludedRangesIn(excluded)).toEqual([
      [5357, 5357],
      [50_000, 50_059],
    ]);
  });
});

test('nothing is made of other words', () => {
  expect(dynamicRangeIn('The following command was not found: interface ipv4 show.')).toBeNull();
  expect(dynamicRangeIn('Start Port      : 1025\r\n')).toBeNull();
  expect(excludedRangesIn('')).toEqual([]);
});

test('a look at a server tells both, asked for once a connection', async () => {
  const { dynamic, excluded } = WINDOWS_PORT_TEXTS.German;
  const { host, fake } = await startFakeHost({
    onCall: ({ program, args }) =>
      Promise.resolve(program.startsWith('netsh') ? { code: 0, stdout: answer(args.includes('dynamicport') ? dynamic : excluded) } : null),
  });
  const facts = await host.observe(observeNothing);
  await host.observe(observeNothing);
  expect(facts.windows).toMatchObject({
    dynamicPorts: [49_152, 65_535],
    excludedPorts: [
      [5357, 5357],
      [50_000, 50_059],
    ],
  });
  expect(facts.kernel).toMatchObject({ localPortRange: [49_152, 65_535], reservedPorts: '5357,50000-50059' });
  expect(fake.calls.filter((call) => call.startsWith('netsh'))).toHaveLength(2);
});

test('where netsh does not answer, nothing is known and the look goes on', async () => {
  const { host } = await startFakeHost({
    onCall: ({ program }) => Promise.resolve(program.startsWith('netsh') ? { code: 1, stdout: 'x: 1\r\nx: 2\r\n' } : null),
  });
  expect((await host.observe(observeNothing)).windows).toMatchObject({ dynamicPorts: null, excludedPorts: null });
});
