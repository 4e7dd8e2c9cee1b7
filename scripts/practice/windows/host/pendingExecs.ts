/** Commands that `sshexec.exe` is to run: what it asks for, and what it tells. */
export interface PendingExecs {
  /** A new command; the result names it. */
  add(command: ExecCommand): string;
  /** What the program that was given this name is to run. Throws for a name that nobody gave. */
  take(id: string): ExecCommand;
  ended(id: string, code: number): void;
  /** The exit code, 32 bits unsigned; undefined where the program never told. Forgets the command. */
  codeOf(id: string): number | undefined;
}

/** One command for CreateProcess. */
export interface ExecCommand {
  /** Working folder, as Windows names it. */
  readonly folder: string;
  readonly line: string;
}

/** No commands at first. */
export function createPendingExecs(): PendingExecs {
  const commands = new Map<string, ExecCommand>();
  const codes = new Map<string, number>();
  let last = 0;
  return {
    add: (command) => {
      last += 1;
      commands.set(String(last), command);
      return String(last);
    },
    take: (id) => {
      const command = commands.get(id);
      if (command === undefined) throw new Error(`there is no command ${id}`);
      return command;
    },
    ended: (id, code) => {
      codes.set(id, code);
    },
    codeOf: (id) => {
      commands.delete(id);
      const code = codes.get(id);
      codes.delete(id);
      return code;
    },
  };
}
