import { writeFileSync } from 'node:fs';
import { readDefender, writeDefender, type PracticeDefender } from './defenderState.ts';
import { windowsFiles } from './hostConfig.ts';
import { readCalls, readGolden, type GoldenAnswer, type ToolCall } from './toolCalls.ts';

/** The archive of Redis for Windows that goes with a set. */
export interface ArchiveInState {
  readonly file: string;
  readonly sha256: string;
}

/** What tests can see and say of one practice Windows server, beside what goes for all servers. */
export interface WindowsAccess {
  /** The folder that is `C:\`, also while the server is off. */
  readonly driveC: string;
  /** All calls of stand-ins for Windows' tools since the server was made. */
  calls(): readonly ToolCall[];
  /** Calls that nobody had an answer for: a test asserts that there are none. */
  unanswered(): readonly ToolCall[];
  /** Adds an answer, which comes before those given earlier and before what the server knows by itself. It lasts until the server is made anew. */
  answer(golden: GoldenAnswer): void;
  /** Its Microsoft Defender; null: there is none, as at first. */
  defender: PracticeDefender | null;
}

/** Opens what `makeServer` laid out in a server's folder. */
export function openWindowsAccess(serverFolder: string): WindowsAccess {
  const files = windowsFiles(serverFolder);
  return {
    driveC: files.driveC,
    calls: () => readCalls(files.calls),
    unanswered: () => readCalls(files.calls).filter(({ isAnswered }) => !isAnswered),
    answer: (golden) => {
      writeFileSync(files.golden, JSON.stringify([golden, ...readGolden(files.golden)]), { mode: 0o600 });
    },
    get defender() {
      return readDefender(files.defender);
    },
    set defender(defender) {
      writeDefender(files.defender, defender);
    },
  };
}
