import { dirname } from 'node:path';
import { message, say } from '../../shared/messages/message.ts';
import { EVERY } from './every.ts';
import { commandOf, settingsOf, type ScheduleInput } from './scheduleInput.ts';
import { shellWord, environmentLines } from './shellText.ts';

/** What `sh` is to do, in an environment that may be empty. The log is its owner's alone. */
export function shellCommand(input: ScheduleInput): string {
  const settings = Object.entries(settingsOf(input)).map(([name, value]) => `${name}=${shellWord(value)}`);
  const command = [...settings, ...commandOf(input).map(shellWord)].join(' ');
  const secrets = input.secretNames.length === 0 ? '' : `set -a; . ${shellWord(input.environmentFile)}; set +a; `;
  return `umask 077; mkdir -p ${shellWord(dirname(input.logFile))}; { ${secrets}${command}; } >>${shellWord(input.logFile)} 2>&1`;
}

/** A line for `crontab -e`, with what is to be done before it as comments. In a crontab a percent sign would end the command. */
export function cronText(input: ScheduleInput): string {
  const { cluster, every, user } = input;
  const comments = [
    say(message('schedule.cron.head', { cluster, user })),
    ...(input.secretNames.length === 0
      ? []
      : [say(message('schedule.environment', { file: input.environmentFile })), ...environmentLines(input).split('\n')]),
    say(message('schedule.cron.log', { file: input.logFile })),
  ];
  return `${comments.map((line) => `# ${line}`).join('\n')}\n${EVERY[every].cron} ${shellCommand(input).replaceAll('%', String.raw`\%`)}\n`;
}
