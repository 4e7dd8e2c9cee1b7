import { spawn, type ChildProcess } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import type { GuardedPower, PowerOrder, PowerSwitch } from '../../phases/powerSwitch.ts';
import { fail } from '../../shared/domain/failure.ts';
import { POWER_COMMAND_DEADLINE_MS } from '../../shared/domain/faultLimit.ts';
import { powerEnvironment, type PowerCommands } from '../../shared/domain/powerCommands.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { FromKeeper, type ToKeeper } from './keeperMessages.ts';
import { runPowerCommand, type CommandEnd } from './runPowerCommand.ts';

/** For a program on this computer to start, milliseconds; generous, because a busy one is no reason to fail. */
const START_DEADLINE_MS = 30_000;
/** Beyond the deadline of a command, until the keeper is held for gone, milliseconds. */
const ANSWER_GRACE_MS = 10_000;

/** How this program is started again as the keeper of a server's power. */
export interface KeeperProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/** The admin's commands, which a keeper runs, see `keepPower`. */
export function createPowerSwitch(commands: PowerCommands, program: KeeperProgram): PowerSwitch {
  return {
    commands,
    isHere: (address) =>
      Object.values(networkInterfaces())
        .flat()
        .some((own) => own?.address === address),
    guard: async (order, signal) => guardPower(order, commands, startKeeper(program), signal),
  };
}

/** A keeper that is starting: its answers in the order in which they come, and null from its end on. */
interface KeeperProcess {
  send(told: ToKeeper): void;
  /** The next answer; null where it has ended, or `deadlineMs` is over. Rejects with the signal's reason. */
  answer(deadlineMs: number, signal?: AbortSignal): Promise<FromKeeper | null>;
}

function startKeeper({ file, args }: KeeperProgram): KeeperProcess {
  // A session of its own: neither Ctrl-C nor the end of the terminal reaches it.
  const child: ChildProcess = spawn(file, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], windowsHide: true });
  const answers: FromKeeper[] = [];
  let hasEnded = false;
  let wake = (): void => undefined;
  const ended = (): void => {
    hasEnded = true;
    wake();
  };
  child.on('message', (told) => {
    answers.push(FromKeeper.parse(told));
    wake();
  });
  child.on('error', ended).on('exit', ended).on('disconnect', ended);
  // Triad may end before it.
  child.unref();
  child.channel?.unref();
  return {
    send: (told) => {
      if (child.connected) child.send(told, (error) => error !== null && ended());
    },
    answer: (deadlineMs, signal) =>
      new Promise((resolve, reject) => {
        const settle = (end: () => void): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          wake = () => undefined;
          end();
        };
        const look = (): void => {
          const answer = answers.shift();
          if (answer !== undefined || hasEnded) settle(() => resolve(answer ?? null));
        };
        const onAbort = (): void => settle(() => reject(abortReason(signal)));
        const timer = setTimeout(() => settle(() => resolve(null)), deadlineMs);
        wake = look;
        if (signal?.aborted === true) onAbort();
        else {
          signal?.addEventListener('abort', onAbort, { once: true });
          look();
        }
      }),
  };
}

function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error(String(reason));
}

async function guardPower(order: PowerOrder, commands: PowerCommands, keeper: KeeperProcess, signal: AbortSignal): Promise<GuardedPower> {
  const { server, address, onAfterSeconds } = order;
  const failed = (code: 'failover.powerOffFailed' | 'failover.powerOnFailed', { why, output }: CommandEnd): void => {
    if (why !== null) throw fail(code, serverSubject(server), { values: { server, reason: say(why) }, evidence: output });
  };
  /** What an answer to an earlier order says, which was not waited for, comes first. */
  let unheard = 0;
  const ask = async (type: 'off' | 'on', stop?: AbortSignal): Promise<CommandEnd | null> => {
    keeper.send({ type });
    unheard += 1;
    for (;;) {
      const answer = await keeper.answer(unheard * (POWER_COMMAND_DEADLINE_MS + ANSWER_GRACE_MS), stop);
      if (answer?.type !== 'did') return null;
      unheard -= 1;
      if (unheard === 0) return answer;
    }
  };
  keeper.send({ type: 'guard', server, address, ...commands, afterSeconds: onAfterSeconds });
  if ((await keeper.answer(START_DEADLINE_MS, signal)) === null)
    throw fail('failover.keeperFailed', serverSubject(server), { values: { server }, retryable: true });
  return {
    off: async (stop) =>
      failed('failover.powerOffFailed', (await ask('off', stop)) ?? { why: message('failover.power.noKeeper'), output: '' }),
    // Nobody but the keeper knows whether the server is off; with the keeper gone, it is switched on all the same.
    on: async () =>
      failed(
        'failover.powerOnFailed',
        (await ask('on')) ?? (await runPowerCommand(commands.on, powerEnvironment(order), POWER_COMMAND_DEADLINE_MS)),
      ),
    end: () => keeper.send({ type: 'end' }),
  };
}
