import type { DraftReading } from '../../../electron/shared/domain/draft.ts';
import type { DraftClash } from '../../../electron/shared/domain/draftClashes.ts';
import type { Message } from '../../../electron/shared/domain/message.ts';
import type { MachineClash } from '../../../electron/shared/domain/sameMachine.ts';
import { message } from '../../../electron/shared/messages/message.ts';
import type { TestState } from '../../state/serverTests.ts';

/** Why the wizard stays at the servers, and whether the admin may go on all the same. */
export interface Hold {
  readonly why: Message;
  /** True where going on harms nothing: nothing is changed before every server was tested again. */
  readonly canGoOn: boolean;
  /** The server that needs the admin, 0 to 2; null for a field, which marks itself. */
  readonly server: number | null;
}

/** What {@link holdOf} looks at. */
export interface HoldInput {
  readonly names: readonly string[];
  readonly reading: DraftReading;
  readonly clashes: readonly DraftClash[];
  /** Servers whose login lacks a secret, 0 to 2. */
  readonly withoutSecret: readonly number[];
  readonly tests: readonly TestState[];
  readonly machines: readonly MachineClash[];
}

/** Whether something in the fields of these servers must be put right before a test of them makes sense. */
export function hasOpenFields(input: Pick<HoldInput, 'reading' | 'clashes' | 'withoutSecret'>, servers: readonly number[]): boolean {
  const { reading, clashes, withoutSecret } = input;
  const isTheirs = (path: string): boolean => servers.some((index) => path.startsWith(`servers.${index}.`));
  return (
    (!reading.ok && reading.issues.some(({ path }) => isTheirs(path))) ||
    clashes.some(({ path }) => isTheirs(path)) ||
    servers.some((index) => withoutSecret.includes(index))
  );
}

/** The first reason to stay, the gravest first; null when all three servers were reached and are three machines. */
export function holdOf(input: HoldInput): Hold | null {
  const { names, tests, machines } = input;
  if (hasOpenFields(input, [0, 1, 2])) return { why: message('window.servers.hold.fields'), canGoOn: false, server: null };
  const having = (kind: 'keyChanged' | 'keyUnknown' | 'failed'): readonly number[] =>
    tests.flatMap((test, index) => (test.kind === 'done' && test.result.kind === kind ? [index] : []));
  const named = (servers: readonly number[]): { readonly servers: string } => ({
    servers: servers.map((index) => names[index] ?? '').join(', '),
  });
  const [changed, unknown, failed] = [having('keyChanged'), having('keyUnknown'), having('failed')];
  const same = machines.find(({ kind }) => kind === 'sameMachine');
  if (changed[0] !== undefined)
    return { why: message('window.servers.hold.keyChanged', named(changed)), canGoOn: false, server: changed[0] };
  if (same !== undefined) return { why: message('window.servers.hold.sameMachine'), canGoOn: false, server: same.server };
  if (unknown[0] !== undefined)
    return { why: message('window.servers.hold.keyUnknown', named(unknown)), canGoOn: false, server: unknown[0] };
  const notTested = tests.flatMap((test, index) => (test.kind === 'done' ? [] : [index]));
  const open = [...failed, ...notTested].toSorted((one, other) => one - other);
  if (open[0] !== undefined) return { why: message('window.servers.hold.failed', named(open)), canGoOn: true, server: open[0] };
  if (machines[0] !== undefined) return { why: message('window.servers.hold.machines'), canGoOn: true, server: null };
  return null;
}
