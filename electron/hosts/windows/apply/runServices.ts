import { z } from 'zod';
import type { Change } from '../../../shared/domain/change.ts';
import { message, say } from '../../../shared/messages/message.ts';
import { ChangedAnswer } from '../helperAnswers.ts';
import { registerService } from '../withoutHelper/registerService.ts';
import { WIN32 } from '../systemErrors.ts';
import { requireCleanPath } from '../windowsPath.ts';
import type { ApplyRoom } from './applyRoom.ts';

type ServiceChange = Extract<Change, { kind: 'service' }>;

/** Above what the service itself waits for Redis to answer (`readyMs`, 60 s): then it says why it could not be started. */
const START_MS = 75_000;
/** Above what a service gives Redis for its end (`stopMs` of its file, 120 s): what still writes its data is not a failure. */
const STOP_MS = 135_000;

const InstallAnswer = z.object({
  name: z.string(),
  created: z.boolean(),
  changed: z.boolean(),
  /** Settings of the service that this Windows did not take; it works without them. */
  refused: z.array(z.object({ setting: z.string(), error: z.number() })),
});

/**
 * Registers first, in order, also what is only to be started: Windows goes by what it was told last, whatever the file says now. Then starts side by side. Throws
 * `host.serviceFailed` for one that does not run then, once all have come to an end: what is cut off in the middle of a restart would stay down.
 * Returns what Windows did not take of each, in words, by the id of its change.
 */
export async function runServices(services: readonly ServiceChange[], room: ApplyRoom): Promise<ReadonlyMap<string, string>> {
  const notes = new Map<string, string>();
  for (const service of services)
    if (service.definition !== undefined || service.action === 'enable' || service.action === 'enableAndStart')
      for (const note of await install(service, room)) notes.set(service.id, note);
  const ended = await Promise.allSettled(
    services.map(async ({ unit, action }) => {
      if (action === 'enable') return;
      if (action === 'restart') await change('stop', unit, STOP_MS, room);
      await change('start', unit, START_MS, room);
    }),
  );
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return notes;
}

/** Makes a service as its file says, by the installed helper: what it registers is itself. Returns the settings that this Windows did not take. */
async function installWrapper(
  unit: string,
  { path, program }: NonNullable<ServiceChange['definition']>,
  { helper, bounds }: ApplyRoom,
): Promise<readonly { readonly setting: string; readonly error: number }[]> {
  const call = { step: 'installService', verb: 'install', args: [requireCleanPath(path)], answer: InstallAnswer, what: unit };
  const { answer } = await helper.ask({ ...call, program: requireCleanPath(program) }, bounds());
  return answer.refused;
}

/** Registers a service, by the helper or as a program that is one by itself. Returns what Windows did not take, in words. */
async function install(service: ServiceChange, room: ApplyRoom): Promise<readonly string[]> {
  const { unit, definition } = service;
  if (definition === undefined) throw new Error(`nothing says what the service ${unit} is`);
  const { registration } = definition;
  const refused =
    registration === undefined
      ? await installWrapper(unit, definition, room)
      : await registerService(room.shell, unit, registration, room.bounds);
  if (refused.length === 0) return [];
  const settings = refused.map(({ setting, error }) => `${setting} (Win32 ${error})`).join(', ');
  return [say(message('hosts.settingsRefused', { settings }))];
}

async function change(verb: 'start' | 'stop', unit: string, waitMs: number, { helper, bounds }: ApplyRoom): Promise<void> {
  await helper.ask({ step: `${verb}Service`, verb, args: [unit, String(waitMs)], answer: ChangedAnswer, what: unit }, bounds());
}

/** Stops a service and takes it out of Windows; succeeds when there is none. */
export async function removeService(unit: string, { helper, bounds }: ApplyRoom): Promise<void> {
  const gone = { answer: z.object({}), what: unit, answers: [WIN32.serviceMissing] };
  await helper.ask({ step: 'stopService', verb: 'stop', args: [unit, String(STOP_MS)], ...gone }, bounds());
  await helper.ask({ step: 'removeService', verb: 'remove', args: [unit], ...gone }, bounds());
}
