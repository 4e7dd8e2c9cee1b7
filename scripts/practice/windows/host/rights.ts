import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { argumentsOf } from './commandLine.ts';
import { linuxPathOf } from './windowsPath.ts';

/** What a command of Triad's helper has to do with access lists: it sets some, or tells what they are. */
export type RightsCall = { readonly kind: 'sets'; readonly words: readonly string[] } | { readonly kind: 'tells' };

/** Whether a command line sets access lists or tells of them; null for all others. */
export function rightsCallOf(line: string): RightsCall | null {
  const [program = '', verb = '', ...words] = argumentsOf(line);
  if (!/(?:^|[\\/])triad-service[^\\/]*\.exe$/iu.test(program)) return null;
  if (verb === 'acl') return { kind: 'sets', words };
  return verb === 'observe' ? { kind: 'tells' } : null;
}

interface Answer {
  readonly paths?: readonly { readonly path?: unknown; readonly error?: unknown; readonly sddl?: unknown }[];
}

/**
 * Remembers access lists, which Wine takes for Unix permissions: it parses what is set, and forgets most of it. They belong to the file itself, so they go
 * along when it is renamed and are gone with it, and they outlast a power cut.
 * @param file where they are kept
 */
export function createRights(
  file: string,
  pathOf: (path: string) => string,
): {
  /** Takes what a command has set, once it has answered: `input` was its standard input. */
  readonly learn: (words: readonly string[], input: string, output: string) => void;
  /** An answer of `observe`, with the access lists that were set in place of those that Wine made up. */
  readonly told: (output: string) => string;
} {
  const read = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    } catch {
      return {};
    }
  };
  /** A number of a file that is given again after its removal comes with another time of birth. */
  const keyOf = (path: string): string | null => {
    try {
      const { ino, birthtimeMs } = statSync(pathOf(path));
      return `${ino} ${birthtimeMs}`;
    } catch {
      return null;
    }
  };
  return {
    learn: (words, input, output) => {
      const [first = '', sddl = ''] = words;
      const wanted = first === '-' ? input.split(/\r?\n/u).map((line) => line.split('\t')) : [[first, sddl]];
      const { paths = [] } = answerIn(output) ?? {};
      const kept = read();
      for (const [path = '', list = ''] of wanted) {
        const key = keyOf(path);
        if (key !== null && list !== '' && paths.some((one) => one.path === path && one.error === 0)) kept[key] = list;
      }
      writeFileSync(file, JSON.stringify(kept));
    },
    told: (output) => {
      const answer = answerIn(output);
      if (answer?.paths === undefined) return output;
      const kept = read();
      const paths = answer.paths.map((one) => {
        const key = typeof one.path === 'string' ? keyOf(one.path) : null;
        const sddl = key === null ? undefined : kept[key];
        return sddl === undefined ? one : { ...one, sddl };
      });
      return `${JSON.stringify({ ...answer, paths })}\r\n`;
    },
  };
}

function answerIn(output: string): Answer | null {
  try {
    return JSON.parse(output) as Answer;
  } catch {
    return null;
  }
}

/** The access lists of one server. */
export function rightsOf(file: string, driveC: string, home: string): ReturnType<typeof createRights> {
  return createRights(file, (path) => linuxPathOf(driveC, linuxPathOf(driveC, driveC, home), path));
}
