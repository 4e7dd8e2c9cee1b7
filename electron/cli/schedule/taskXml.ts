import { xmlElement, xmlText } from '../../report/xml.ts';
import { message, say } from '../../shared/messages/message.ts';
import { EVERY } from './every.ts';
import { commandOf, settingsOf, type ScheduleInput } from './scheduleInput.ts';

/** A word on a line of cmd.exe. A path of Windows has no quote in it. */
function word(text: string): string {
  return /^[A-Za-z0-9_:.\\/-]+$/u.test(text) ? text : `"${text}"`;
}

/** Characters beyond ASCII as references: then the file is right in whichever encoding it is saved. */
function ascii(xml: string): string {
  return xml.replaceAll(/[^\n -~]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

const element = (name: string, text: string): string => xmlElement(name, {}, xmlText(text));
const parent = (name: string, ...children: readonly string[]): string => xmlElement(name, {}, children.join(''));

/** How cmd.exe is to run it: with the secrets of a file that only its owner may read, and everything that is printed in a log. */
function cmdLine(input: ScheduleInput): string {
  const settings = Object.entries(settingsOf(input)).map(([name, value]) => `set "${name}=${value}"`);
  const secrets = input.secretNames.length === 0 ? [] : [`call "${input.environmentFile}.cmd"`];
  const command = `${commandOf(input).map(word).join(' ')} >> "${input.logFile}" 2>&1`;
  return `/d /s /c "${[...secrets, ...settings, command].join(' && ')}"`;
}

/**
 * A task for `schtasks /Create /XML`, of schema 1.2. It has no XML declaration, since that would have to name the encoding in which it is saved, and is
 * ASCII only. It runs whether or not the user is logged on (S4U), and never twice at once.
 */
export function taskXml(input: ScheduleInput): string {
  const { cluster, every, user } = input;
  const { isoDuration } = EVERY[every];
  const repetition =
    every === '1d' || every === '7d'
      ? ''
      : parent('Repetition', element('Interval', isoDuration), element('Duration', 'P1D'), element('StopAtDurationEnd', 'false'));
  const days =
    every === '7d'
      ? parent('ScheduleByWeek', element('WeeksInterval', '1'), parent('DaysOfWeek', '<Monday/>'))
      : parent('ScheduleByDay', element('DaysInterval', '1'));
  const start = element('StartBoundary', every === '1d' || every === '7d' ? '2024-01-01T06:00:00' : '2024-01-01T00:00:00');
  const comment = [
    say(message('schedule.task.head', { cluster })),
    ...(input.secretNames.length === 0
      ? []
      : [say(message('schedule.task.environment', { file: `${input.environmentFile}.cmd`, names: input.secretNames.join(', ') }))]),
  ].join('\n  ');
  const task = xmlElement(
    'Task',
    { version: '1.2', xmlns: 'http://schemas.microsoft.com/windows/2004/02/mit/task' },
    [
      '',
      parent(
        'RegistrationInfo',
        element('Description', say(message('schedule.description', { cluster }))),
        element('URI', `\\Triad\\validate ${cluster}`),
      ),
      parent('Triggers', parent('CalendarTrigger', repetition, start, element('Enabled', 'true'), days)),
      parent(
        'Principals',
        xmlElement(
          'Principal',
          { id: 'Author' },
          element('UserId', user) + element('LogonType', 'S4U') + element('RunLevel', 'LeastPrivilege'),
        ),
      ),
      parent(
        'Settings',
        element('MultipleInstancesPolicy', 'IgnoreNew'),
        element('DisallowStartIfOnBatteries', 'false'),
        element('StopIfGoingOnBatteries', 'false'),
        element('StartWhenAvailable', 'true'),
        element('RunOnlyIfNetworkAvailable', 'true'),
        element('Enabled', 'true'),
        element('ExecutionTimeLimit', 'PT10M'),
      ),
      xmlElement('Actions', { Context: 'Author' }, parent('Exec', element('Command', 'cmd.exe'), element('Arguments', cmdLine(input)))),
      '',
    ].join('\n'),
  );
  // Two hyphens may not stand in a comment.
  return `${ascii(`<!--\n  ${xmlText(comment).replaceAll('--', '-&#45;')}\n-->\n${task}`)}\n`;
}
