import { setTimeout as pause } from 'node:timers/promises';
import { WIN32 } from '../systemErrors.ts';
import { controlService, statusIn, type ServiceStatus } from './serviceControl.ts';
import type { OwnPrograms, Verb, VerbAnswer, VerbRequest } from './verb.ts';

/** How long is waited between two looks at a service that is on its way. */
const LOOK_INTERVAL_MS = 500;
/** A service that was deleted is gone when the last one who looks at it has closed it. */
const GONE_MS = 3000;

const ALREADY_RUNNING = 1056;
const NOT_ACTIVE = 1062;
/** The helper's own word for a Redis that ended before it was ready. */
const SERVICE_SPECIFIC = 1066;

type Looked = { readonly code: number; readonly status: ServiceStatus };
const MISSING: ServiceStatus = { state: 'missing', exitCode: null, ownExitCode: null, pid: null };

async function look({ shell }: OwnPrograms, name: string, { bounds }: Pick<VerbRequest, 'bounds'>): Promise<Looked> {
  const { code, stdout } = await controlService(shell, ['queryex', name], bounds());
  if (code === WIN32.serviceMissing) return { code, status: MISSING };
  return { code, status: code === 0 ? statusIn(stdout) : { ...MISSING, state: 'unknown' } };
}

/** Looks until `isOver`, or the time has passed; what was seen last comes back. */
async function waitFor(
  programs: OwnPrograms,
  name: string,
  waitMs: number,
  request: VerbRequest,
  isOver: (looked: Looked) => boolean,
): Promise<Looked> {
  const until = performance.now() + waitMs;
  for (;;) {
    const looked = await look(programs, name, request);
    if (isOver(looked) || performance.now() >= until) return looked;
    await pause(LOOK_INTERVAL_MS, undefined, { signal: request.bounds().signal });
  }
}

const failedWith = (code: number, at: string, detail: string): VerbAnswer => ({ code, answer: { error: code, at, detail } });

/** `status NAME...` by sc.exe. */
export const statusVerb: Verb = async (programs, request) => {
  const services = [];
  for (const name of request.args) {
    const { status } = await look(programs, name, request);
    services.push({ name, ...status });
  }
  return { code: 0, answer: { services } };
};

/** `start NAME MS` by sc.exe: waits until Windows says that it runs. That is what the program said of itself: Redis is asked by whoever needs an answer of it. */
export const startVerb: Verb = async (programs, request) => {
  const [name = '', waitMs = '0'] = request.args;
  const before = await waitFor(programs, name, Number(waitMs), request, ({ status }) => status.state !== 'stopPending');
  const { code, evidence } = await controlService(programs.shell, ['start', name], request.bounds());
  if (code !== 0 && code !== ALREADY_RUNNING) return failedWith(code, 'sc.exe start', evidence);
  const { status } = await waitFor(programs, name, Number(waitMs), request, ({ status: seen }) => !seen.state.endsWith('Pending'));
  if (status.state === 'running') return { code: 0, answer: { name, state: 'running', changed: before.status.state !== 'running' } };
  if (status.state.endsWith('Pending')) return failedWith(WIN32.timeout, 'sc.exe queryex', status.state);
  return failedWith(status.exitCode === 0 ? SERVICE_SPECIFIC : (status.exitCode ?? SERVICE_SPECIFIC), 'sc.exe queryex', status.state);
};

/** `stop NAME MS` by sc.exe. */
export const stopVerb: Verb = async (programs, request) => {
  const [name = '', waitMs = '0'] = request.args;
  const { code, evidence } = await controlService(programs.shell, ['stop', name], request.bounds());
  if (code !== 0 && code !== NOT_ACTIVE) return failedWith(code, 'sc.exe stop', evidence);
  const { status } = await waitFor(programs, name, Number(waitMs), request, ({ status: seen }) => seen.state === 'stopped');
  if (status.state !== 'stopped') return failedWith(WIN32.timeout, 'sc.exe queryex', status.state);
  return { code: 0, answer: { name, state: 'stopped', changed: code === 0 } };
};

/**
 * `remove NAME` by sc.exe. Refused while it runs: Windows would only mark it, and delete it at an hour of its own. One that is only marked because somebody has it open is
 * not missing either, its name cannot be used again: it is waited for, and told if it stays.
 */
export const removeVerb: Verb = async (programs, request) => {
  const [name = ''] = request.args;
  const { code: missing, status } = await look(programs, name, request);
  if (missing !== 0) return failedWith(missing, 'sc.exe queryex', name);
  if (status.state !== 'stopped') return failedWith(ALREADY_RUNNING, 'sc.exe queryex', status.state);
  const { code, evidence } = await controlService(programs.shell, ['delete', name], request.bounds());
  if (code !== 0) return failedWith(code, 'sc.exe delete', evidence);
  const after = await waitFor(programs, name, GONE_MS, request, ({ code: seen }) => seen === WIN32.serviceMissing);
  if (after.code !== WIN32.serviceMissing) return failedWith(WIN32.serviceBeingDeleted, 'sc.exe delete', after.status.state);
  return { code: 0, answer: { name, state: 'missing', changed: true } };
};
