import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { judgeKernelSetting, plannedKernelValue } from '../judgeKernelSetting.ts';

/** The kernel lets a process of any size fork: else a background save fails when Redis holds about half of the memory, and writes are refused. */
export const overcommitMemory = eachServer('server.overcommitMemory', ['pass', 'warn'], (facts, context): Judgement => {
  const setting = 'vm.overcommit_memory';
  const expected = message('check.server.overcommitMemory.expected', { wanted: plannedKernelValue(setting) });
  return judgeKernelSetting(facts, context, setting, expected);
});
