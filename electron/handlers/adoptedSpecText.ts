import { stringify } from 'yaml';
import { message, say } from '../shared/messages/message.ts';

/** The specification of an adopted cluster as its file, which says in words what it is to whoever reads it. */
export function adoptedSpecText(input: Readonly<Record<string, unknown>>): string {
  const lines = say(message('cli.adopt.fileHead')).split('\n');
  return `${lines.map((line) => `# ${line}`).join('\n')}\n${stringify(input)}`;
}
