import { expect, it } from 'vitest';
import { isMessageCode, say } from '../messages/message.ts';
import { MARKS } from './failover.ts';
import { injectedMessage, isInjected, markMessage, markWords } from './markMessage.ts';
import { SCENARIOS } from './scenario.ts';

const mark = { name: 'faultInjected', atMs: 0, uncertaintyMs: 3, evidence: 'server-1:7000' } as const;

it.each(SCENARIOS)('%s: what it does, means and was has words', (scenario) => {
  for (const part of ['', '.does', '.clients', '.undo', '.injected'])
    expect([part, isMessageCode(`scenario.${scenario}${part}`)]).toEqual([part, true]);
  for (const name of MARKS)
    for (const { code } of Object.values(markWords(scenario, name))) expect([code, isMessageCode(code)]).toEqual([code, true]);
});

it('tells what was done to whom, and knows it again', () => {
  const told = markMessage({ server: 'server-1', scenario: 'processFrozen', mark });
  expect(say(told)).toBe('server-1:7000 is frozen');
  expect(told).toEqual(injectedMessage('processFrozen', 'server-1', 'server-1:7000'));
  expect(isInjected(told)).toBe(true);
  expect(isInjected(markMessage({ server: 'server-1', mark: { ...mark, name: 'promoted' } }))).toBe(false);
});

it('takes a journal without scenarios for the loss of a server', () => {
  expect(say(markMessage({ server: 'server-1', mark }))).toBe('server-1 is lost: both nodes killed and kept down');
});
