import { setTimeout as pause } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { POWER_COMMAND_DEADLINE_MS } from '../../shared/domain/faultLimit.ts';
import { powerEnvironment } from '../../shared/domain/powerCommands.ts';
import { message } from '../../shared/messages/message.ts';
import { ToKeeper, type FromKeeper } from './keeperMessages.ts';
import { runPowerCommand, type CommandEnd } from './runPowerCommand.ts';

/** Looks at the clocks this often, milliseconds. */
const LOOK_MS = 250;
/** A management controller may be busy for a moment: without Triad, switching on is tried this often, so many milliseconds apart. */
const TRIES = 12;
const BETWEEN_TRIES_MS = 5000;

type Order = Extract<ToKeeper, { readonly type: 'guard' }>;

/** Switches one server, one command after the other. */
interface Keeper {
  off(): Promise<CommandEnd>;
  on(): Promise<CommandEnd>;
  /** Switches the server on unless its power was never cut; resolves with whether that went well. */
  undo(): Promise<boolean>;
  isDue(): boolean;
}

function createKeeper(order: Order): Keeper {
  const environment = powerEnvironment(order);
  const [beganAtMs, dayAtMs] = [performance.now(), Date.now()];
  /** Once the server was switched on nothing may switch it off any more: a word of Triad's that was held up on its way would undo the undo. */
  let isUsed = false;
  /** From then on only Triad can know that the server is back: a command that ended well may have switched on nothing. */
  let wasCut = false;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done;
    return done;
  };
  // The time of day too: the other clock stands still while a laptop sleeps.
  const isDue = (): boolean => Math.max(performance.now() - beganAtMs, Date.now() - dayAtMs) >= order.afterSeconds * 1000;
  const switchOn = async (): Promise<CommandEnd> => {
    isUsed = true;
    return runPowerCommand(order.on, environment, POWER_COMMAND_DEADLINE_MS);
  };
  return {
    isDue,
    off: () =>
      inTurn(async () => {
        if (isUsed || isDue()) return { why: message('failover.power.used'), output: '' };
        wasCut = true;
        return runPowerCommand(order.off, environment, POWER_COMMAND_DEADLINE_MS);
      }),
    on: () => inTurn(switchOn),
    undo: () =>
      inTurn(async () => {
        isUsed = true;
        if (!wasCut) return true;
        for (let tries = 1; ; tries += 1) {
          const { why } = await switchOn();
          if (why === null || tries === TRIES) return why === null;
          await pause(BETWEEN_TRIES_MS);
        }
      }),
  };
}

/**
 * The keeper of a server's power: a process of its own that outlives Triad, and runs both of the admin's commands. It switches the server on when Triad says so, when its time has
 * come, and as soon as Triad has ended without a word, however it ended: the undo of the only fault that cannot undo itself on its server. Resolves when nothing is left to be done,
 * with whether the server is known to be on. Without a channel to Triad it does nothing.
 */
export async function keepPower(): Promise<boolean> {
  // Nobody would tell a second time that Triad has ended while this was starting; it has asked for nothing yet then.
  if (process.send === undefined || !process.connected) return false;
  const tell = (answer: FromKeeper): void => {
    // Nobody may be there to hear it any more.
    if (process.connected) process.send?.(answer, () => undefined);
  };
  let keeper: Keeper | null = null;
  return new Promise((resolve) => {
    let isOver = false;
    const end = (isOn: boolean): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(clock);
      if (process.connected) process.disconnect();
      resolve(isOn);
    };
    let isAbandoned = false;
    const abandoned = (): void => {
      if (isOver || isAbandoned) return;
      isAbandoned = true;
      if (keeper === null) end(true);
      else void keeper.undo().then(end);
    };
    let wasDue = false;
    const clock = setInterval(() => {
      if (keeper === null || wasDue || !keeper.isDue()) return;
      wasDue = true;
      void keeper.undo();
    }, LOOK_MS);
    process.on('disconnect', abandoned);
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(signal, abandoned);
    process.on('message', (told: unknown) => {
      const asked = ToKeeper.parse(told);
      switch (asked.type) {
        case 'guard':
          keeper = createKeeper(asked);
          tell({ type: 'ready' });
          break;
        case 'off':
        case 'on':
          void keeper?.[asked.type]().then((did) => tell({ type: 'did', ...did }));
          break;
        case 'end':
          end(true);
      }
    });
  });
}
