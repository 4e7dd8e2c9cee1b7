import type { WindowsFacts } from './server.ts';
import { isBelow, samePath } from './serverPath.ts';

type Defender = WindowsFacts['defender'];

/** A folder as PowerShell takes it, whatever stands in it. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}

/** The command with which an administrator has Microsoft Defender leave folders alone, in PowerShell. */
export function excludeCommand(paths: readonly string[]): string {
  return `Add-MpPreference -ExclusionPath ${paths.map(quoted).join(',')}`;
}

/** The command that takes such exclusions back, in PowerShell. */
export function includeCommand(paths: readonly string[]): string {
  return `Remove-MpPreference -ExclusionPath ${paths.map(quoted).join(',')}`;
}

function withoutEnd(path: string): string {
  return path.replace(/\\+$/u, '');
}

/** Whether Defender leaves a folder alone: itself, or one above it. Case does not count, nor a backslash at the end. */
export function isExcluded(folder: string, exclusions: readonly string[]): boolean {
  return exclusions.map(withoutEnd).some((one) => samePath(folder, one) || isBelow(folder, one));
}

/** Whether this very folder is among the exclusions. */
export function isOwnExclusion(folder: string, exclusions: readonly string[]): boolean {
  return exclusions.some((one) => samePath(folder, withoutEnd(one)));
}

/** Whether exclusions that are made on the server would count there: Defender runs, and no policy has them ignored. Facts of older journals name no such policy. */
export function takesExclusions(defender: Defender | undefined): defender is NonNullable<Defender> {
  return defender?.isRunning === true && defender.takesLocalExclusions !== false;
}
