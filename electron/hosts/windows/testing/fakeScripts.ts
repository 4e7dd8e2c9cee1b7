import { POWERSHELL_SCRIPTS, type PowershellScript } from '../powershell/scripts.ts';
import type { FakeFiles } from './fakeFiles.ts';
import type { FakeCall, FakeReply } from './fakeWindows.ts';

/** A script that PowerShell was given. */
export interface FakeScript {
  readonly name: PowershellScript;
  readonly request: unknown;
}

/** Which of Triad's scripts a call of powershell.exe runs, encoded or as a file; null for another program, throws for a script that is none of them. */
export function scriptOf({ program, args }: Pick<FakeCall, 'program' | 'args'>, files: Pick<FakeFiles, 'get'>): FakeScript | null {
  if (program !== 'powershell.exe') return null;
  const last = args.at(-1) ?? '';
  const text = (
    last.endsWith('.ps1') ? files.get(`C:\\Users\\admin\\${last}`)?.toString('utf8') : Buffer.from(last, 'base64').toString('utf16le')
  )?.replaceAll('\r\n', '\n');
  const names = Object.keys(POWERSHELL_SCRIPTS) as PowershellScript[];
  const name = names.find((one) => text?.includes(POWERSHELL_SCRIPTS[one]));
  const request = /-InputObject '(?<json>\{.*\})'$/mu.exec(text ?? '')?.groups?.['json'];
  if (name === undefined || request === undefined) throw new Error(`not a script of ours: ${text ?? ''}`);
  return { name, request: JSON.parse(request) };
}

/** What PowerShell prints for an answer of a script. */
export function scriptAnswer(answer: unknown, code = 0): Exclude<FakeReply, 'held'> {
  return { code, stdout: `TRIAD-ANSWER-BEGIN\r\n${JSON.stringify(answer)}\r\nTRIAD-ANSWER-END\r\n` };
}
