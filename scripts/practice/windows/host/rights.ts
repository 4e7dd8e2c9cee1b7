import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { argumentsOf } from './commandLine.ts';
import { linuxPathOf } from './windowsPath.ts';

/** What a command of Triad's helper has to do with access lists: it sets some, or tells what they are. */
export type RightsCall =
  { readonly kind: 'sets'; readonly verb: SettingVerb; readonly words: readonly string[] } | { readonly kind: 'tells' };

/** The verbs that set access lists: of what is there, of folders and files that they make. */
type SettingVerb = 'acl' | 'folders' | 'stage' | 'place';
const settingVerbs: readonly string[] = ['acl', 'folders', 'stage', 'place'] satisfies readonly SettingVerb[];

/** What `stage` gives its folder. */
const administratorsOnly = 'O:BAG:BAD:P(A;OICI;0x1f01ff;;;SY)(A;OICI;0x1f01ff;;;BA)';

/** Whether a command line sets access lists or tells of them; null for all others. */
export function rightsCallOf(line: string): RightsCall | null {
  const [program = '', verb = '', ...words] = argumentsOf(line);
  if (!/(?:^|[\\/])triad-service[^\\/]*\.exe$/iu.test(program)) return null;
  if (settingVerbs.includes(verb)) return { kind: 'sets', verb: verb as SettingVerb, words };
  return verb === 'observe' ? { kind: 'tells' } : null;
}

/** Which paths a call is to give which lists. */
function wantedBy(verb: SettingVerb, words: readonly string[], input: string): readonly (readonly [path: string, sddl: string])[] {
  const [first = '', second = ''] = words;
  const lines = input.split(/\r?\n/u).map((line) => line.split('\t'));
  switch (verb) {
    case 'stage':
      return [[first, administratorsOnly]];
    case 'place':
      return lines.map(([, path = '', , sddl = '']) => [path, sddl]);
    case 'acl':
    case 'folders':
      return first === '-' ? lines.map(([path = '', sddl = '']) => [path, sddl]) : [[first, second]];
    default:
      return verb satisfies never;
  }
}

/** The paths that an answer says have them. */
function doneIn(answer: Answer): readonly unknown[] {
  const { paths = [], files = [], path } = answer;
  return [
    ...paths.filter(({ error }) => error === 0).map((one) => one.path),
    ...files.filter(({ placed }) => placed === true).map((one) => one.path),
    path,
  ];
}

interface Answer {
  readonly path?: unknown;
  readonly files?: readonly { readonly path?: unknown; readonly placed?: unknown }[];
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
  readonly learn: (call: Extract<RightsCall, { kind: 'sets' }>, input: string, output: string) => void;
  /** Takes one list. */
  readonly keep: (path: string, sddl: string) => void;
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
    learn: ({ verb, words }, input, output) => {
      const done = doneIn(answerIn(output) ?? {});
      const kept = read();
      for (const [path, list] of wantedBy(verb, words, input)) {
        const key = keyOf(path);
        if (key !== null && list !== '' && done.includes(path)) kept[key] = list;
      }
      writeFileSync(file, JSON.stringify(kept));
    },
    keep: (path, sddl) => {
      const key = keyOf(path);
      if (key !== null) writeFileSync(file, JSON.stringify({ ...read(), [key]: sddl }));
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
