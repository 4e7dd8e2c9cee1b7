import { fail, type FailureError } from '../../../shared/domain/failure.ts';
import { serverSubject } from '../../../shared/domain/subject.ts';
import { message, say } from '../../../shared/messages/message.ts';
import { stepBounds } from '../../callBounds.ts';
import type { CallOptions } from '../../host.ts';
import { HelperError } from '../helperAnswers.ts';
import type { Answered, Helper, UploadedHelper, VerbCall } from '../helper.ts';
import { systemFailure, WIN32 } from '../systemErrors.ts';
import type { RunningProgram } from '../windowsShell.ts';
import { firewallVerb, hashVerb, observeVerb } from './looking.ts';
import { placeVerb } from './placeFiles.ts';
import { removeTreeVerb } from './removeTree.ts';
import { controlService } from './serviceControl.ts';
import { removeVerb, startVerb, statusVerb, stopVerb } from './services.ts';
import { aclVerb, claimFolder, foldersVerb, stageVerb } from './setAccess.ts';
import { NOT_HERE, undoVerb } from './undo.ts';
import { fieldsOf, firstError, type OwnPrograms, type Verb } from './verb.ts';

/** Asks whether programs can be started at all, as the helper's own answer would show; the version is that of no program. */
const versionVerb: Verb = async ({ shell }, { bounds }) => {
  const { code, evidence } = await controlService(shell, ['query', 'EventLog'], bounds());
  return code === 0 || code === WIN32.serviceMissing
    ? { code: 0, answer: { version: '' } }
    : { code, answer: { error: code, at: 'sc.exe query', detail: evidence } };
};

/** The verbs that Windows' own programs answer. Those that do something to processes are none of them, nor is the registration of Triad's own program. */
const VERBS: Readonly<Record<string, Verb>> = {
  version: versionVerb,
  observe: observeVerb,
  firewall: firewallVerb,
  hash: hashVerb,
  acl: aclVerb,
  folders: foldersVerb,
  stage: stageVerb,
  place: placeVerb,
  'remove-tree': removeTreeVerb,
  status: statusVerb,
  start: startVerb,
  stop: stopVerb,
  remove: removeVerb,
  undo: undoVerb,
};

const FULL_LANGUAGE = 'FullLanguage';

/**
 * The helper, and where a policy does not let it run, Windows' own programs in its place: sc.exe, icacls.exe and PowerShell answer the same verbs with the same errors. It is
 * decided once for each connection. What they cannot do throws the failure of the helper, which says by which SHA-256 it is allowed.
 */
export function orWithoutHelper(helper: UploadedHelper, programs: OwnPrograms): Helper {
  return {
    async ask(call, options) {
      try {
        return await helper.ask(call, options);
      } catch (error) {
        if (helper.refusal() === null) throw error;
        return askPrograms(programs, call, error, options);
      }
    },
    async start(call, options) {
      try {
        return await helper.start(call, options);
      } catch (error) {
        if (helper.refusal() === null) throw error;
        if (call.verb === 'lock') return startLock(programs, call, options);
        if (call.verb === 'clock') return programs.powershell.start('clock', {}, options);
        throw error;
      }
    },
  };
}

async function askPrograms<Answer>(
  programs: OwnPrograms,
  { step, verb, args = [], input = [], answer, what = step, answers = [] }: VerbCall<Answer>,
  blocked: unknown,
  options?: CallOptions,
): Promise<Answered<Answer>> {
  const own = VERBS[verb];
  if (own === undefined) throw blocked;
  const sentAtMs = Date.now();
  const said = await own(programs, { args, input: textOf(input), bounds: stepBounds(options) });
  if (said.code === 0 || answers.includes(said.code)) {
    const parsed = answer.safeParse(said.answer);
    if (parsed.success) return { answer: parsed.data, code: said.code, sentAtMs, firstOutputAtMs: Date.now() };
  }
  if (said.code === NOT_HERE) throw blocked;
  const error = HelperError.safeParse(said.answer);
  const evidence = error.success ? `${error.data.at} ${error.data.error} ${error.data.detail ?? ''}`.trim() : `Win32 ${said.code}`;
  throw systemFailure(said.code, { server: programs.server, step, what, evidence });
}

/** The lock is an open file that nobody else can open for writing: it needs .NET, and ends with its input as that of the helper. */
async function startLock(
  programs: OwnPrograms,
  { step, args = [], input = [] }: Omit<VerbCall<unknown>, 'answer' | 'answers'>,
  options?: CallOptions,
): Promise<RunningProgram> {
  const { server, powershell } = programs;
  const [folder = ''] = args;
  const bounds = stepBounds(options);
  const { languageMode, paths } = await claimFolder(programs, folder, 'lock', { bounds });
  const error = firstError(paths);
  if (error !== 0) throw systemFailure(error, { server, step, what: folder, evidence: `Win32 ${error}` });
  if (languageMode !== FULL_LANGUAGE) throw constrained(server, languageMode);
  const [[holder = ''] = []] = fieldsOf(textOf(input));
  return powershell.start('lock', { file: `${folder}\\lock`, holder }, bounds());
}

function constrained(server: string, mode: string): FailureError {
  const reason = say(message('hosts.constrainedLanguage', { mode }));
  return fail('host.unsupported', serverSubject(server), { values: { server, reason } });
}

function textOf(input: readonly (Uint8Array | string)[]): string {
  return input.map((part) => (typeof part === 'string' ? part : Buffer.from(part).toString('utf8'))).join('');
}
