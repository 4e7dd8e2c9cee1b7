import { parseArgs } from 'node:util';
import { BenchError } from './benchError.ts';

/** What can be measured on its own. */
export const parts = ['install', 'floor', 'ansible'] as const;
export type Part = (typeof parts)[number];

export interface BenchOptions {
  readonly rounds: number;
  /** Rounds of each kind of Ansible, the first ones: each takes half a minute. */
  readonly ansibleRounds: number;
  readonly parts: ReadonlySet<Part>;
  /** Where all figures go as JSON, beside the table. */
  readonly jsonFile: string | undefined;
  readonly wantsHelp: boolean;
}

export const usage = `Measures how long an installation takes, on practice servers of its own (Linux, root).

  npm run bench:install [-- options]

  --rounds N           rounds of Triad and of the floor (default 5)
  --ansible-rounds N   rounds of each kind of Ansible (default 3, at most --rounds)
  --skip-ansible       no comparison with Ansible
  --only PART          only ${parts.join(', ')}; can be repeated
  --json FILE          write all figures of all rounds into a file
`;

/** Reads the command line. A BenchError says what is wrong with it. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parse(args);
  const rounds = roundsFrom(values.rounds, 5, '--rounds');
  const chosen = (values.only ?? parts).map((name) => {
    const part = parts.find((candidate) => candidate === name);
    if (part === undefined) throw new BenchError(`--only cannot be "${name}": choose ${parts.join(', ')}.`);
    return part;
  });
  return {
    rounds,
    ansibleRounds: Math.min(rounds, roundsFrom(values['ansible-rounds'], 3, '--ansible-rounds')),
    parts: new Set(chosen.filter((part) => part !== 'ansible' || values['skip-ansible'] !== true)),
    jsonFile: values.json,
    wantsHelp: values.help === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string' },
        'ansible-rounds': { type: 'string' },
        'skip-ansible': { type: 'boolean' },
        only: { type: 'string', multiple: true },
        json: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new BenchError(error instanceof Error ? error.message : String(error));
  }
}

function roundsFrom(text: string | undefined, otherwise: number, option: string): number {
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,2}$/u.test(text)) return Number(text);
  throw new BenchError(`${option} cannot be "${text}": give a number from 1 to 999.`);
}
