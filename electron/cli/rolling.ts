import { createInterface } from 'node:readline/promises';
import { fail, failureOf } from '../shared/domain/failure.ts';
import { maintenanceOf } from '../shared/domain/maintenanceMark.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { isColoured, styleFor } from '../report/style.ts';
import { exitCodeOfFailure, type ExitCode } from './exitCode.ts';
import { failureText } from './failureText.ts';
import { runCommand, type CommandOptions } from './runCommand.ts';

/** Waits for Enter; false at the end of input and on Ctrl-C. */
async function awaitEnter(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stopped = new Promise<boolean>((resolve) => {
    terminal.once('SIGINT', () => resolve(false));
    terminal.once('close', () => resolve(false));
  });
  try {
    return await Promise.race([terminal.question(question).then(() => true), stopped]);
  } finally {
    terminal.close();
  }
}

/** The servers that are still to be maintained: from the one in maintenance on, or all. Where it stands is known from the servers alone. */
export function serversToDo(all: readonly string[], inMaintenance: string | null): readonly string[] {
  return inMaintenance === null ? all : all.slice(Math.max(0, all.indexOf(inMaintenance)));
}

function tell(text: string): void {
  process.stdout.write(`\n${text}\n\n`);
}

/**
 * The maintenance of all servers in turn: begin, a pause in which the admin patches and reboots, end. Ends with the first run that does not succeed, and goes
 * on where it stood when it is given again.
 */
export async function rollingMaintenance(options: CommandOptions): Promise<ExitCode> {
  if (!process.stdin.isTTY || options.json === true) {
    const { failure } = fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.usage.rollingTerminal')) } });
    process.stderr.write(`${failureText(failure, styleFor(isColoured(process.stderr)))}\n`);
    return exitCodeOfFailure(failure);
  }
  const seen: RunRecord[] = [];
  const looked = await runCommand('maintenanceStatus', options, (record) => seen.push(record));
  const record = seen[0];
  // A server that is in maintenance may be away; any other one that cannot be reached ends it here.
  if (record === undefined || record.failure !== null) return looked;
  const marked = maintenanceOf(record.facts, record.plan).marks[0]?.server ?? null;
  if (marked === null && looked !== 0) return looked;

  const all = record.plan.servers.map(({ name }) => name);
  for (const server of serversToDo(all, marked)) {
    tell(say(message('cli.rolling.server', { index: all.indexOf(server) + 1, count: all.length, server })));
    if (server === marked) tell(say(message('cli.rolling.goesOn', { server })));
    else {
      const begun = await runCommand('maintenanceBegin', { ...options, server });
      if (begun !== 0) return begun;
    }
    process.stdout.write('\n');
    if (!(await awaitEnter(say(message('cli.rolling.pause', { server }))))) {
      tell(say(message('cli.rolling.stopped', { server })));
      return exitCodeOfFailure(failureOf(fail('run.aborted', adminSubject), adminSubject));
    }
    const ended = await runCommand('maintenanceEnd', { ...options, server });
    if (ended !== 0) return ended;
  }
  tell(say(message('cli.rolling.done')));
  return 0;
}
