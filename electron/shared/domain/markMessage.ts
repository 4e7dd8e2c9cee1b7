import type { Mark, MarkName } from './failover.ts';
import type { Message } from './message.ts';
import type { FailoverScenario } from './scenario.ts';

/** What a scenario does at its first moment, in words; `node` is the victim's master. */
export function injectedMessage(scenario: FailoverScenario, server: string, node: string): Message {
  return { code: `scenario.${scenario}.injected`, values: { server, node } };
}

/** What is told of a moment of a trial while it goes on. Journals of versions that knew one scenario only leave it out. */
export function markMessage(event: {
  readonly server: string;
  readonly scenario?: FailoverScenario | undefined;
  readonly mark: Mark;
}): Message {
  const { server, mark, scenario = 'serverLost' } = event;
  if (mark.name === 'faultInjected') return injectedMessage(scenario, server, mark.evidence);
  return { code: `failover.mark.${mark.name}`, values: { server } };
}

/** Whether a message of {@link markMessage} is that of the fault itself. */
export function isInjected({ code }: Message): boolean {
  return code.startsWith('scenario.') && code.endsWith('.injected');
}

/** What a moment is called in a table and under a timeline, and what it means. */
export function markWords(scenario: FailoverScenario, name: MarkName): { readonly label: Message; readonly explanation: Message } {
  const code = name === 'faultInjected' ? `scenario.${scenario}` : `report.mark.${name}`;
  const explanation = name === 'faultInjected' ? `${code}.does` : `${code}.what`;
  return { label: { code, values: {} }, explanation: { code: explanation, values: {} } };
}
