import type { FirewallAnswer } from '../helperAnswers.ts';
import type { FakeFiles } from './fakeFiles.ts';
import type { FakeCall, FakeReply } from './fakeWindows.ts';

/** A service of the fake. */
export interface FakeService {
  state: string;
  startType: string;
  exitCode: number;
  definition: string;
  pid: number;
  imagePath?: string;
  program?: string;
  begunMs?: number;
}

/** The state of the fake helper, to be looked at and changed by tests. */
export interface FakeHelper {
  readonly files: FakeFiles;
  /** SDDL by SFTP path in lower case. */
  readonly access: Map<string, string>;
  readonly services: Map<string, FakeService>;
  readonly firewall: { rules: FirewallAnswer['rules']; profiles: FirewallAnswer['profiles'] };
  /** What a verb (or `verb name`) answers in place of the model. */
  readonly replies: Map<string, FakeReply>;
  /** Merged over what `observe` says of the machine. */
  readonly machine: Record<string, unknown>;
  readonly modifiedMs: Map<string, number>;
  /** Standard input of each verb, by the arguments joined with blanks. */
  readonly inputs: Map<string, string>;
  answer(call: FakeCall): Promise<FakeReply | null>;
}
