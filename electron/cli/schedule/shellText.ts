import { message, say } from '../../shared/messages/message.ts';
import type { ScheduleInput } from './scheduleInput.ts';

/** A word as `sh` takes it literally. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Commands that make the file of secrets, empty, for its owner alone, where there is none yet. */
export function environmentLines({ environmentFile, secretNames }: ScheduleInput): string {
  const file = shellWord(environmentFile);
  const lines = secretNames.map((name) => shellWord(`${name}=''`)).join(' ');
  return `[ -e ${file} ] || (umask 077 && printf '%s\\n' ${lines} > ${file})\n${say(message('schedule.environment.fill'))}`;
}
