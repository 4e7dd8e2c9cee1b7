import { fail, type FailureError } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { MEASURES, type Measure } from '../shared/domain/noticed.ts';
import type { PowerCommands } from '../shared/domain/powerCommands.ts';
import { SCENARIO_FACTS, SCENARIOS, type FailoverScenario } from '../shared/domain/scenario.ts';
import { MOST_ROUNDS, TRIAL_DEADLINE_SECONDS, type FailoverTestSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import type { WorkflowOptions } from '../workflows/workflowOf.ts';

/**
 * What the options of the failover test ask for; what is not given is as the specification's preset has it, and missing where that says nothing either. Throws
 * `usage.invalid` where a name is unknown or twice, the rounds are no whole number from 1 to 100, or the deadline is none of seconds from 10 to 3600; and where the commands for the power of
 * servers and the scenarios do not fit each other.
 */
export function trialOptions(
  options: {
    readonly scenario?: string | undefined;
    readonly rounds?: string | undefined;
    readonly deadline?: string | undefined;
    readonly readers?: boolean | undefined;
    readonly waitReplicas?: boolean | undefined;
    /** False for `--no-application-view`. */
    readonly applicationView?: boolean | undefined;
    readonly powerOffCommand?: string | undefined;
    readonly powerOnCommand?: string | undefined;
  },
  preset: FailoverTestSpec = {},
): Pick<WorkflowOptions, 'scenarios' | 'rounds' | 'trialDeadlineMs' | 'measures' | 'hasPower'> {
  const scenarios = options.scenario === undefined ? preset.scenarios : scenariosOf(options.scenario);
  const rounds = options.rounds === undefined ? preset.rounds : roundsOf(options.rounds);
  const seconds = options.deadline === undefined ? preset.deadlineSeconds : deadlineOf(options.deadline);
  const hasPower = powerCommands(options) !== null;
  requireFitting(scenarios ?? [], hasPower);
  return {
    ...(hasPower ? { hasPower } : {}),
    ...(scenarios === undefined ? {} : { scenarios }),
    ...(rounds === undefined ? {} : { rounds }),
    ...(seconds === undefined ? {} : { trialDeadlineMs: seconds * 1000 }),
    measures: measuresOf(options),
  };
}

/** The commands for the power of servers; null where there are none. Only ever those of the command line: see {@link PowerCommands}. Throws `usage.invalid` where one of them is missing. */
export function powerCommands({ powerOffCommand: off, powerOnCommand: on }: Parameters<typeof trialOptions>[0]): PowerCommands | null {
  if (off === undefined && on === undefined) return null;
  if (off === undefined || on === undefined || off.trim() === '' || on.trim() === '') throw unusable(message('cli.usage.power'));
  return { off, on };
}

/** Where all scenarios are asked for, what needs commands is left out without them. A command that would not be used is refused: whoever gave it counts on it. */
function requireFitting(scenarios: readonly FailoverScenario[], hasPower: boolean): void {
  const isAll = SCENARIOS.every((one) => scenarios.includes(one));
  const needing = scenarios.find((one) => SCENARIO_FACTS[one].needsPower);
  if (needing !== undefined && !isAll && !hasPower) throw unusable(message('cli.usage.powerMissing', { scenario: needing }));
  if (needing === undefined && hasPower) throw unusable(message('cli.usage.powerUnused'));
}

function unusable(reason: Message): FailureError {
  return fail('usage.invalid', adminSubject, { values: { reason: say(reason) } });
}

function scenariosOf(names: string): readonly FailoverScenario[] {
  if (names === 'all') return SCENARIOS;
  return names.split(',').map((name, index, all) => {
    const known = SCENARIOS.find((scenario) => scenario === name);
    if (known === undefined || all.indexOf(name) !== index)
      throw fail('usage.invalid', adminSubject, {
        values: { reason: `${name} ${say(message('cli.usage.scenario', { known: [...SCENARIOS, 'all'].join(', ') }))}` },
      });
    return known;
  });
}

function measuresOf({ readers, waitReplicas, applicationView }: Parameters<typeof trialOptions>[0]): readonly Measure[] {
  const isWanted: Readonly<Record<Measure, boolean>> = {
    application: applicationView !== false,
    readers: readers === true,
    wait: waitReplicas === true,
  };
  return MEASURES.filter((measure) => isWanted[measure]);
}

function roundsOf(text: string): number {
  const rounds = /^\d{1,3}$/u.test(text) ? Number(text) : 0;
  if (rounds < 1 || rounds > MOST_ROUNDS)
    throw fail('usage.invalid', adminSubject, { values: { reason: `${text} ${say(message('cli.usage.rounds', { most: MOST_ROUNDS }))}` } });
  return rounds;
}

function deadlineOf(text: string): number {
  const seconds = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
  const { least, most } = TRIAL_DEADLINE_SECONDS;
  if (seconds < least || seconds > most)
    throw fail('usage.invalid', adminSubject, { values: { reason: `${text} ${say(message('cli.usage.deadline', { least, most }))}` } });
  return seconds;
}
