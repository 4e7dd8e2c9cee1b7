import { longestWords } from '../shared/domain/faultLimit.ts';
import type { RestartSettings } from '../shared/domain/restartDelay.ts';
import { SCENARIO_FACTS, SCENARIOS, type FailoverScenario } from '../shared/domain/scenario.ts';
import { message, say } from '../shared/messages/message.ts';
import { readSpecFile } from '../storage/specFile.ts';
import { isColoured, styleFor, type Style } from '../report/style.ts';
import type { ExitCode } from './exitCode.ts';
import { specInvalid, specIssuesText } from './failureText.ts';
import { tellFailure, type CommandOptions } from './runCommand.ts';
import { FailureError } from '../shared/domain/failure.ts';

/** What the catalogue says of one scenario. */
export interface ScenarioEntry {
  readonly scenario: FailoverScenario;
  readonly title: string;
  /** What is done to the server. */
  readonly does: string;
  readonly clients: string;
  readonly undo: string;
  /** How long it lasts at most. */
  readonly longest: string;
  readonly isOnWindows: boolean;
  /** Whether it needs `--power-off-command` and `--power-on-command`. */
  readonly needsPower: boolean;
}

/** The catalogue of all scenarios, in words, for a cluster with these settings. */
export function scenarioCatalogue(settings: RestartSettings): readonly ScenarioEntry[] {
  return SCENARIOS.map((scenario) => ({
    scenario,
    title: say({ code: `scenario.${scenario}`, values: {} }),
    does: say({ code: `scenario.${scenario}.does`, values: {} }),
    clients: say({ code: `scenario.${scenario}.clients`, values: {} }),
    undo: say({ code: `scenario.${scenario}.undo`, values: {} }),
    longest: say(longestWords(scenario, settings)),
    isOnWindows: SCENARIO_FACTS[scenario].isOnWindows,
    needsPower: SCENARIO_FACTS[scenario].needsPower,
  }));
}

/** The catalogue as text: a paragraph for each scenario. */
export function scenarioText(entries: readonly ScenarioEntry[], style: Style): string {
  return entries
    .map(({ scenario, title, does, clients, undo, longest, isOnWindows, needsPower }) => {
      const systems = say(message(isOnWindows ? 'cli.scenario.everywhere' : 'cli.scenario.linuxOnly'));
      const lines = (
        [
          ['cli.scenario.does', does],
          ['cli.scenario.clients', clients],
          ['cli.scenario.undo', undo],
          ['cli.scenario.longest', longest],
          ...(needsPower ? [['cli.scenario.needs', say(message('cli.scenario.power'))] as const] : []),
        ] as const
      ).map(([code, words]) => `  ${style.sentence(`${say(message(code))}: ${words}`)}`);
      return [`${style.bold(scenario)}  ${title} ${style.dim(`(${systems})`)}`, ...lines].join('\n');
    })
    .join('\n\n');
}

const DEFAULTS: RestartSettings = { nodeTimeoutMs: 5000, persistence: 'aof' };

/** Prints the catalogue; for the cluster of a specification where one is given, else for the defaults. Exit code 2 where that is wrong. */
export async function listScenarios({ spec, json }: Pick<CommandOptions, 'spec' | 'json'>): Promise<ExitCode> {
  const isJson = json === true;
  const style = styleFor(isColoured(process.stdout));
  try {
    const reading = spec === undefined ? null : await readSpecFile(spec);
    if (reading !== null && !reading.ok) {
      if (isJson) throw new FailureError(specInvalid(reading.issues.length));
      process.stderr.write(`${specIssuesText(spec ?? '', reading.issues, style)}\n`);
      return 2;
    }
    const entries = scenarioCatalogue(reading?.spec.redis ?? DEFAULTS);
    process.stdout.write(isJson ? `${JSON.stringify(entries)}\n` : `${scenarioText(entries, style)}\n`);
    return 0;
  } catch (error) {
    return tellFailure(error, isJson, style);
  }
}
