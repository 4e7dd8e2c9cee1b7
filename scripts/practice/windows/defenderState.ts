import { readFileSync, writeFileSync } from 'node:fs';

/** The Microsoft Defender of a practice Windows server, as far as it is modelled. */
export interface PracticeDefender {
  /** False: its service is off, and it answers every command with an error. */
  readonly isRunning: boolean;
  /** False: it accepts every command and changes nothing, as under a policy or tamper protection. */
  readonly takesExclusions: boolean;
  readonly exclusions: readonly string[];
}

/** The Defender of a server by its file; null where there is none, as at first. */
export function readDefender(file: string): PracticeDefender | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PracticeDefender | null;
  } catch {
    return null;
  }
}

/** Puts a Defender on a server, changes it, or takes it away. */
export function writeDefender(file: string, defender: PracticeDefender | null): void {
  writeFileSync(file, JSON.stringify(defender), { mode: 0o600 });
}
