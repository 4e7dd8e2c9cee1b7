import { fail } from '../shared/domain/failure.ts';
import { MEASURES, type Measure } from '../shared/domain/noticed.ts';
import { SCENARIOS, type FailoverScenario } from '../shared/domain/scenario.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import type { WorkflowOptions } from '../workflows/workflowOf.ts';

/** More than a night's worth of trials is a slip of the finger. */
const MOST_ROUNDS = 100;

/**
 * What the options of the failover test ask for; nothing where they are not given. Throws `usage.invalid` where a name is unknown or twice, or the rounds are no whole
 * number from 1 to 100.
 */
export function trialOptions(options: {
  readonly scenario?: string | undefined;
  readonly rounds?: string | undefined;
  readonly readers?: boolean | undefined;
  readonly waitReplicas?: boolean | undefined;
  /** False for `--no-application-view`. */
  readonly applicationView?: boolean | undefined;
}): Pick<WorkflowOptions, 'scenarios' | 'rounds' | 'measures'> {
  const scenarios = options.scenario === undefined ? undefined : scenariosOf(options.scenario);
  const rounds = options.rounds === undefined ? undefined : roundsOf(options.rounds);
  return { ...(scenarios === undefined ? {} : { scenarios }), ...(rounds === undefined ? {} : { rounds }), measures: measuresOf(options) };
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
