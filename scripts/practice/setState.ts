import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Credentials } from './credentials.ts';
import type { PortBlock } from './portBlocks.ts';
import type { ServerVariant } from './serverVariant.ts';
import type { ServerNumber, SetPlace } from './setPlace.ts';
import type { ArchiveInState } from './windows/windowsAccess.ts';

/** What a set remembers of itself between commands, in its folder. What runs is never remembered but looked up. */
export interface SetState {
  readonly schemaVersion: 1;
  readonly subnet: string;
  /** False until all servers were ready once: a set that was killed on its way up. */
  readonly complete: boolean;
  readonly credentials: Credentials;
  readonly variants: Readonly<Record<ServerNumber, ServerVariant>>;
  readonly fingerprints: Readonly<Partial<Record<ServerNumber, string>>>;
  readonly blocks: readonly PortBlock[];
  /** The Redis that goes onto Windows servers; where the set has none: absent. */
  readonly windowsArchive?: ArchiveInState;
}

/** The state of a set, or undefined when there is none or it cannot be read: both are cured by `up`, which starts from nothing. */
export function readState(set: SetPlace): SetState | undefined {
  try {
    const state = JSON.parse(readFileSync(set.stateFile, 'utf8')) as SetState;
    return state.schemaVersion === 1 ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the state in one step. */
export function writeState(set: SetPlace, state: SetState): void {
  writeFileSync(`${set.stateFile}.new`, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${set.stateFile}.new`, set.stateFile);
}
