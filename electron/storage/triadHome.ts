import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/** The folder that holds everything Triad keeps on the admin's machine: `TRIAD_HOME`, else the platform's user data folder. */
export function triadHome(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env['TRIAD_HOME'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const system = platform();
  if (system === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Triad');
  if (system === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Triad');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'triad');
}

/** Where the runs of one cluster are kept, each in a folder of its own. */
export function runsFolder(home: string, cluster: string): string {
  return join(clustersFolder(home), cluster, 'runs');
}

/** The generated Redis password of a cluster, beside its run records. */
export function generatedPasswordFile(home: string, cluster: string): string {
  return join(clustersFolder(home), cluster, 'redis-password');
}

/** The specification that came with an imported bundle. */
export function importedSpecFile(home: string, cluster: string): string {
  return join(clustersFolder(home), cluster, 'spec.yaml');
}

/** The admin's own archive of server programs that came with an imported bundle. */
export function importedArchiveFile(home: string, cluster: string): string {
  return join(clustersFolder(home), cluster, 'redis-archive.tar.gz');
}

/** The archive with Redis for Windows servers that came with an imported bundle. */
export function importedWindowsArchiveFile(home: string, cluster: string): string {
  return join(clustersFolder(home), cluster, 'redis-windows.zip');
}

/** Server bundles that came with imported config bundles, laid out as those that come with Triad. */
export function importedBundlesFolder(home: string): string {
  return join(home, 'redis');
}

/** The accepted SSH host keys. */
export function knownHostsFile(home: string): string {
  return join(home, 'known-hosts.json');
}

/** The drafts of the window. */
export function draftsFolder(home: string): string {
  return join(home, 'drafts');
}

/** What the operating system's keychain protects. */
export function vaultFile(home: string): string {
  return join(home, 'vault.json');
}

/** The places of files that were chosen in dialogs. */
export function chosenFilesFile(home: string): string {
  return join(home, 'chosen-files.json');
}

/** How the window looks and speaks. */
export function settingsFile(home: string): string {
  return join(home, 'settings.json');
}

/** The folder that holds a folder for each cluster. */
export function clustersFolder(home: string): string {
  return join(home, 'clusters');
}
