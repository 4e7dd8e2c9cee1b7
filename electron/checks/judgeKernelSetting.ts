import type { KernelSetting } from '../artifacts/blueprint.ts';
import { foundKernelValue, KERNEL_SETTINGS } from '../artifacts/kernelSettings.ts';
import type { Message } from '../shared/domain/message.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { message } from '../shared/messages/message.ts';
import type { Judgement } from './check.ts';
import type { CheckContext } from './checkContext.ts';
import { evidenceOf } from './evidence.ts';

/** The value that install gives to a setting, as text. */
export function plannedKernelValue(setting: KernelSetting): string {
  return KERNEL_SETTINGS.find((one) => one.setting === setting)?.value ?? '';
}

/**
 * Judges a setting that install changes. Before it, a wrong value is a warning that needs nothing from the admin. After it, it is a warning too, never
 * a failure: Redis works without, and in a container the kernel belongs to somebody else.
 */
export function judgeKernelSetting(
  facts: ServerFacts,
  context: CheckContext,
  setting: KernelSetting,
  expected: Message,
  isGood: (found: string, wanted: string) => boolean = (found, wanted) => found === wanted,
): Judgement {
  const found = foundKernelValue(facts, setting);
  const planned = KERNEL_SETTINGS.find((one) => one.setting === setting);
  const wanted = planned?.value ?? '';
  const refusal = context.applied?.find(
    (one) =>
      one.server === facts.server && one.change.kind === 'kernel' && one.change.setting === setting && one.outcome.outcome === 'refused',
  );
  const path = planned?.path ?? '';
  const isReadOnly = facts.disks.some((disk) => disk.path === path && disk.options.includes('ro'));
  const evidence = evidenceOf({
    [setting]: found,
    ...(refusal === undefined ? {} : { refused: refusal.outcome.evidence }),
    ...(isReadOnly ? { readOnly: path } : {}),
  });
  if (found === null || found === '')
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.kernel.unknown', { setting }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  if (isGood(found, wanted)) return { verdict: 'pass', expected, observed: message('check.kernel.observed', { setting, found }), evidence };
  if (refusal !== undefined || isReadOnly)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.kernel.refused', { setting, found, wanted }),
      evidence,
      remedy: message('check.kernel.refused.remedy', { setting, wanted }),
    };
  if (context.stage === 'beforeInstall')
    return {
      verdict: 'warn',
      expected,
      observed: message('check.kernel.willBeSet', { setting, found, wanted }),
      evidence,
      remedy: message('check.kernel.willBeSet.remedy'),
    };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.kernel.notAsPlanned', { setting, found, wanted }),
    evidence,
    remedy: message('check.kernel.notAsPlanned.remedy', { setting, wanted }),
  };
}
