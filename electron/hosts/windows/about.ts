import type { ServiceAsRegistered, WindowsAbout } from '../../shared/domain/firstRun.ts';
import { stepBounds } from '../callBounds.ts';
import type { CallOptions } from '../host.ts';
import { findDefaultShell } from './defaultShell.ts';
import type { Helper } from './helper.ts';
import { ObserveAnswer, VersionAnswer, type ServiceAnswer } from './helperAnswers.ts';
import { StateAnswer } from './observeServer.ts';
import type { Powershell } from './powershell/runPowershell.ts';
import { programFailure, type WindowsShell } from './windowsShell.ts';

const ABOUT_DEADLINE_MS = 30_000;
const END_DEADLINE_MS = 15_000;

/** What the questions are put to. */
export interface AboutTools {
  readonly helper: Helper;
  readonly powershell: Powershell;
  readonly shell: WindowsShell;
  /** As sshd introduced itself. */
  readonly ident: string;
}

/** See `WindowsAbilities.about`. PowerShell may be missing or not answer; everything else must. */
export async function aboutWindows(
  { helper, powershell, shell, ident }: AboutTools,
  services: readonly string[],
  options?: CallOptions,
): Promise<WindowsAbout> {
  const bounds = stepBounds(options, ABOUT_DEADLINE_MS)();
  const items = services.map((name) => `service\t${name}\n`).join('');
  const [{ answer }, version, defaultShell, state] = await Promise.all([
    helper.ask({ step: 'observe', verb: 'observe', input: [`${items}\n`], answer: ObserveAnswer }, bounds),
    helper.ask({ step: 'version', verb: 'version', answer: VersionAnswer }, bounds),
    findDefaultShell(shell, bounds),
    powershell.ask('state', {}, StateAnswer, bounds).catch(() => null),
  ]);
  options?.signal?.throwIfAborted();
  const { os } = answer;
  return {
    sshd: ident,
    defaultShell,
    powershell: state?.version ?? null,
    windows: os.name ?? `Windows ${os.version}`,
    version: os.version,
    build: os.build,
    revision: os.revision ?? null,
    edition: os.edition ?? null,
    installation: os.installation ?? null,
    isElevated: answer.isElevated ?? null,
    helper: version.answer.version === '' ? null : version.answer.version,
    services: answer.services.map(registered),
  };
}

function registered(service: ServiceAnswer): ServiceAsRegistered {
  const { name, state, pid, exitCode, account, startType, delayed, failureActions, failureFlag, preshutdownMs } = service;
  return {
    name,
    state,
    pid: pid ?? null,
    exitCode: exitCode ?? null,
    account: account ?? null,
    startType: startType ?? null,
    delayed: delayed ?? null,
    failureActions: failureActions ?? null,
    failureFlag: failureFlag ?? null,
    preshutdownMs: preshutdownMs ?? null,
  };
}

/** See `WindowsAbilities.endProcess`. Throws `host.commandFailed` with what taskkill said. */
export async function endProcess(shell: WindowsShell, pid: number, options?: CallOptions): Promise<void> {
  const call = { step: 'endProcess', program: 'taskkill.exe', args: ['/F', '/PID', String(pid)] };
  const result = await shell.run(call, { deadlineMs: END_DEADLINE_MS, ...options });
  if (result.code !== 0) throw programFailure(shell.server, 'endProcess', result);
}
