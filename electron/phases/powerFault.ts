import type { Host } from '../hosts/host.ts';
import { pause } from '../redis/bounded.ts';
import type { WatchMark } from '../redis/failoverMarks.ts';
import { shardFellSilent } from '../redis/shardFellSilent.ts';
import { fail } from '../shared/domain/failure.ts';
import type { MarkName } from '../shared/domain/failover.ts';
import { BOOT_DEADLINE_MS } from '../shared/domain/faultLimit.ts';
import type { PowerFault } from '../shared/domain/fault.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { connectBooting } from './connectBooting.ts';
import { lockServers } from './lockServers.ts';
import type { PowerSwitch } from './powerSwitch.ts';
import { hostOf, type RunContext } from './runContext.ts';
import { tell, type Trial } from './trial.ts';

/** A management controller may take the order and cut the power a little later, milliseconds. */
const OFF_DEADLINE_MS = 20_000;
/** A server that has power answers sooner than this, milliseconds. */
const ALIVE_DEADLINE_MS = 2000;
const LOOK_AGAIN_MS = 200;
/** How often the wait for a booting server is told, milliseconds. */
const TELL_EVERY_MS = 5000;

/** The admin's commands. Throws `failover.noPower` where none were given: then no trial may begin that needs them. */
export function powerOf(context: RunContext, server: string, scenario: Trial['scenario']): PowerSwitch {
  if (context.ways.power !== null) return context.ways.power;
  throw fail('failover.noPower', serverSubject(server), { values: { scenario: say({ code: `scenario.${scenario}`, values: {} }) } });
}

/** Starts what will switch the server on, before its power goes. */
export async function preparePower(context: RunContext, trial: Trial, fault: PowerFault): Promise<void> {
  const { server, scenario } = trial;
  const address = context.plan.servers.find(({ name }) => name === server)?.address ?? '';
  const order = { server, address, onAfterSeconds: fault.healAfterSeconds };
  trial.power = await powerOf(context, server, scenario).guard(order, context.signal);
}

/**
 * Cuts the power and makes sure that it went. Returns between which moments that was, on the run's clock: the command may take long before it does it and after, so the writes of the
 * victim's shard tell it, where they fell silent. Throws `failover.stillOn` where the server goes on answering.
 */
export async function cutPower(context: RunContext, trial: Trial): Promise<{ readonly fromMs: number; readonly toMs: number }> {
  const { server, power } = trial;
  if (power === null) throw new Error(`nothing would switch ${server} on again`);
  const host = hostOf(context, server);
  const sentAtMs = context.now();
  await power.off(context.signal);
  const doneAtMs = context.now();
  while (await isAlive(host, context.signal)) {
    if (context.now() - doneAtMs > OFF_DEADLINE_MS)
      throw fail('failover.stillOn', serverSubject(server), { values: { server, seconds: Math.round(OFF_DEADLINE_MS / 1000) } });
    await pause(LOOK_AGAIN_MS, context.signal, serverSubject(server));
  }
  const toMs = context.now();
  const journal = trial.probes?.journals().find(({ shard }) => shard === trial.master.shard);
  return (journal === undefined ? null : shardFellSilent(journal, { fromMs: sentAtMs, toMs })) ?? { fromMs: sentAtMs, toMs };
}

/** What the watch sees of nodes that come back. */
const RETURNS: ReadonlySet<MarkName> = new Set(['serverStarted', 'replicaLinkUp', 'inSync']);

/**
 * A mark as far as it is known. Nodes that are looked at through their server cannot be seen while that has no connection: they may have come back at any moment since it was
 * switched on.
 */
export function asSeen({ probeRoute }: RunContext, { fault, poweredOnAtMs }: Trial, mark: WatchMark): WatchMark {
  if (fault?.kind !== 'power' || probeRoute === 'direct' || poweredOnAtMs === null || !RETURNS.has(mark.name)) return mark;
  return { ...mark, uncertaintyMs: Math.max(mark.uncertaintyMs, mark.atMs - poweredOnAtMs) };
}

/** Whether the server answers over a connection that it had before. One whose power was cut never does, even when it has booted meanwhile. */
async function isAlive(host: Host, signal: AbortSignal): Promise<boolean> {
  try {
    await host.isBetweenBoots({ signal, deadlineMs: ALIVE_DEADLINE_MS });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/**
 * Switches the server on and waits until it has booted and can be worked with: a new connection stands in the place of the dead one, and this run has it for itself again. Its nodes
 * must start by themselves. Throws `failover.powerOnFailed`, `failover.notBack`, or why it cannot be connected to.
 */
export async function restorePower(context: RunContext, trial: Trial, signal: AbortSignal): Promise<void> {
  const { server, power } = trial;
  if (power === null) return;
  trial.poweredOnAtMs ??= context.now();
  await power.on();
  tell(context, trial, message('failover.progress.poweredOn', { server }));
  const before = context.hosts.get(server);
  const bounded: RunContext = { ...context, signal };
  const endsAtMs = context.now() + BOOT_DEADLINE_MS;
  let toldAtMs = -Infinity;
  // Where the power was not cut after all, the connection stands.
  if (!trial.marks.has('faultInjected') && before !== undefined && (await isAlive(before, signal))) {
    power.end();
    return;
  }
  await connectBooting(bounded, server, (why) => {
    const leftMs = endsAtMs - context.now();
    if (leftMs <= 0)
      throw fail('failover.notBack', serverSubject(server), {
        values: { server, minutes: Math.round(BOOT_DEADLINE_MS / 60_000), reason: say(why) },
        retryable: true,
      });
    if (context.now() - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = context.now();
    tell(context, trial, message('failover.progress.booting', { server, seconds: Math.ceil(leftMs / 1000) }));
  });
  power.end();
  // Whoever waits for an answer over the dead one goes on with the new one now.
  await before?.close();
  await lockServers.run(bounded, server);
}
