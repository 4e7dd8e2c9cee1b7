import { appendFileSync, readFileSync } from 'node:fs';

/** A call of a stand-in for one of Windows' tools. */
export interface ToolCall {
  /** Lower case, e.g. `netsh.exe`. */
  readonly tool: string;
  /** The whole command line; for an encoded PowerShell command the script follows after a line break. */
  readonly line: string;
  readonly code: number;
  /** False where the practice server had no answer: the tool then failed, loudly. */
  readonly isAnswered: boolean;
}

/** An answer that a test gives for a tool that nobody models. The first that fits is taken, before everything the practice server knows itself. */
export interface GoldenAnswer {
  /** Lower case, e.g. `powershell.exe`. */
  readonly tool: string;
  /** A regular expression, looked for in `ToolCall.line`. */
  readonly pattern: string;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Bytes instead of `stdout`, for other code pages. */
  readonly stdoutBase64?: string;
  readonly code?: number;
}

/** Adds a call to the record. */
export function recordCall(file: string, call: ToolCall): void {
  appendFileSync(file, `${JSON.stringify(call)}\n`, { mode: 0o600 });
}

/** All calls since the server was made. */
export function readCalls(file: string): ToolCall[] {
  return readText(file)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ToolCall);
}

/** The answers that tests have given. */
export function readGolden(file: string): GoldenAnswer[] {
  const text = readText(file);
  return text === '' ? [] : (JSON.parse(text) as GoldenAnswer[]);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
