import type { CallOptions } from '../../host.ts';
import type { Powershell } from '../powershell/runPowershell.ts';
import type { WindowsFiles } from '../windowsFiles.ts';
import type { WindowsShell } from '../windowsShell.ts';

/** What verbs are answered with where the helper may not run: programs of Windows itself, PowerShell, and files over SFTP. */
export interface OwnPrograms {
  readonly server: string;
  readonly shell: WindowsShell;
  readonly powershell: Powershell;
  readonly files: WindowsFiles;
}

/** A verb as the helper would be asked it. */
export interface VerbRequest {
  readonly args: readonly string[];
  /** Its standard input: lines, fields parted by tabs. */
  readonly input: string;
  /** Bounds for the next step, out of those of the whole call. */
  readonly bounds: () => CallOptions;
}

/** What the helper would print, and its exit code: a Win32 error. */
export interface VerbAnswer {
  readonly code: number;
  readonly answer: unknown;
}

/** Answers one verb of the helper by what every Windows has. */
export type Verb = (programs: OwnPrograms, request: VerbRequest) => Promise<VerbAnswer>;

/** The lines of a request, up to the first empty one, as their fields. */
export function fieldsOf(input: string): readonly (readonly string[])[] {
  const lines = input.split(/\r?\n/u);
  const end = lines.indexOf('');
  return lines.slice(0, end < 0 ? lines.length : end).map((line) => line.split('\t'));
}

/** The exit code of a verb with a list: the first error in it. */
export function firstError(items: readonly { readonly error?: number | null | undefined }[]): number {
  return items.find(({ error }) => typeof error === 'number' && error !== 0)?.error ?? 0;
}
