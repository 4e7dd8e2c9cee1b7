import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { awaitCondition } from '../../scripts/practice/awaitCondition.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import type { RunningCommand } from './triadCommand.ts';

/** Programs that steps of a run use on a server, and at which it can be made to stand still. */
const PROGRAMS = ['gzip', 'nft', 'sync', 'systemctl', 'systemd-run'] as const;
export type BrakedProgram = (typeof PROGRAMS)[number];

const FOLDER = '/var/tmp/brake';
const REACH_DEADLINE_MS = 60_000;

/**
 * For `prepare` of a practice set: puts a wrapper before each program, found first because scripts search `/usr/local` first. It stands still
 * when a brake names words of its arguments, and is the program itself otherwise. So a fault meets a step in its middle, however fast it is.
 */
export const PREPARE_BRAKES = `
mkdir -p ${FOLDER}
cat >/usr/local/sbin/brake <<'EOF'
#!/bin/sh
name=\${0##*/}
if [ -e ${FOLDER}/$name ]; then
  words=$(cat ${FOLDER}/$name)
  case " $* " in
    *"$words"*)
      : >${FOLDER}/$name.reached
      while [ -e ${FOLDER}/$name ]; do sleep 0.02; done ;;
  esac
fi
[ -x /usr/bin/$name ] || exec /usr/sbin/$name "$@"
exec /usr/bin/$name "$@"
EOF
chmod 755 /usr/local/sbin/brake
for name in ${PROGRAMS.join(' ')}; do ln -s brake /usr/local/sbin/$name; done
`;

/** A brake on one server. */
export interface Brake {
  /** Resolves when a program stands still there; rejects when the command that should bring it there ends before. */
  reached(running: Pick<RunningCommand, 'finished'>): Promise<void>;
  /** Lets it go on. Harmless when nothing stands. */
  release(): void;
}

/**
 * Makes calls of `program` whose arguments contain `words` stand still from now on until the release. It is put into the server's files, so it
 * can be placed and released while the server is off.
 */
export function brake(set: PracticeSet, server: ServerNumber, program: BrakedProgram, words: string): Brake {
  const hold = join(set.rootFolder(server), FOLDER, program);
  return brakeAt(hold, `no ${program} with "${words}" was called on server ${server}`, words);
}

/** Puts a brake into a file, with `words` in it: whoever is to stand still there makes `FILE.reached`, and waits until the file is gone. `missed` says that nobody came. */
export function brakeAt(hold: string, missed: string, words = ''): Brake {
  const reached = `${hold}.reached`;
  mkdirSync(dirname(hold), { recursive: true });
  rmSync(reached, { force: true });
  writeFileSync(hold, words);
  return {
    reached: async (running) => {
      let end: string | undefined;
      void running.finished.then(
        ({ code, stdout, stderr }) => (end = `the command ended with ${code} before\n${`${stdout}\n${stderr}`.slice(-1500)}`),
      );
      const is = await awaitCondition(REACH_DEADLINE_MS, () => existsSync(reached) || end, 5);
      if (is !== true) throw new Error(`${missed}: ${is ?? 'it takes too long'}`);
    },
    release: () => rmSync(hold, { force: true }),
  };
}
