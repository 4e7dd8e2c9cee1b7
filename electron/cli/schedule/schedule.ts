import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { isSea } from 'node:sea';
import { isColoured, styleFor } from '../../report/style.ts';
import { fail, failureOf } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { readSpecFile } from '../../storage/specFile.ts';
import { clustersFolder, triadHome } from '../../storage/triadHome.ts';
import { exitCodeOfFailure, type ExitCode } from '../exitCode.ts';
import { failureText, specIssuesText } from '../failureText.ts';
import { alertRules } from './alertRules.ts';
import { cronText } from './cronText.ts';
import { EVERY, isEvery } from './every.ts';
import { filesOf, secretNamesOf, type ScheduleInput } from './scheduleInput.ts';
import { systemdText } from './systemdText.ts';
import { taskXml } from './taskXml.ts';

/** The options of `triad schedule`, as commander gives them. */
export interface ScheduleOptions {
  readonly spec?: string;
  readonly kind?: string;
  readonly every: string;
  readonly prometheus?: string;
  readonly junit?: string;
  readonly redisOnly?: boolean;
}

const KINDS = {
  cron: cronText,
  systemd: systemdText,
  'task-scheduler': taskXml,
  alerts: (input: ScheduleInput) => alertRules(input),
} as const;

function isKind(text: string): text is keyof typeof KINDS {
  return Object.hasOwn(KINDS, text);
}

function wrong(reason: string): Error {
  return fail('usage.invalid', adminSubject, { values: { reason } });
}

/** `triad schedule`: prints what makes this machine validate a cluster again and again. Changes nothing itself. */
export async function schedule(options: ScheduleOptions): Promise<ExitCode> {
  const style = styleFor(isColoured(process.stderr));
  try {
    if (options.spec === undefined) throw wrong(say(message('cli.noSpec')));
    const kind = options.kind ?? '';
    if (!isKind(kind)) throw wrong(say(message('schedule.usage.kind', { known: Object.keys(KINDS).join(', ') })));
    if (!isEvery(options.every)) throw wrong(say(message('schedule.usage.every', { known: Object.keys(EVERY).join(', ') })));
    const specFile = resolve(options.spec);
    const reading = await readSpecFile(specFile);
    if (!reading.ok) {
      process.stderr.write(`${specIssuesText(specFile, reading.issues, style)}\n`);
      return 2;
    }
    const { spec } = reading;
    const redisOnly = options.redisOnly === true;
    const home = resolve(triadHome());
    const own = join(clustersFolder(home), spec.name);
    const bundles = process.env['TRIAD_BUNDLES'];
    process.stdout.write(
      KINDS[kind]({
        cluster: spec.name,
        program: isSea() ? [process.execPath] : [process.execPath, resolve(process.argv[1] ?? '')],
        specFile,
        home,
        bundles: bundles === undefined || bundles === '' ? null : resolve(bundles),
        user: userInfo().username,
        every: options.every,
        redisOnly,
        prometheus: options.prometheus === undefined ? null : resolve(options.prometheus),
        junit: options.junit === undefined ? null : resolve(options.junit),
        environmentFile: join(own, 'schedule.env'),
        secretNames: secretNamesOf(spec, redisOnly),
        reads: filesOf(spec, redisOnly),
        logFile: join(own, 'schedule.log'),
      }),
    );
    // Nobody is logged in then, and no agent is there.
    if (!redisOnly && spec.servers.some(({ ssh }) => ssh.login.kind === 'agent'))
      process.stderr.write(`${style.yellow('!')} ${say(message('schedule.agent'))}\n`);
    if (kind === 'alerts' || options.prometheus !== undefined) return 0;
    process.stderr.write(`${style.dim(say(message('schedule.noMetrics')))}\n`);
    return 0;
  } catch (error) {
    const failure = failureOf(error, adminSubject);
    process.stderr.write(`${failureText(failure, style)}\n`);
    return exitCodeOfFailure(failure);
  }
}
