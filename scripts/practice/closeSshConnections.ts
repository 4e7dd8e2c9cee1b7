import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './runCommand.ts';

/** Ansible leaves its connections open for a minute: to servers that are gone by then. */
export async function closeSshConnections(controlFolder: string): Promise<void> {
  const sockets = await readdir(controlFolder).catch((): string[] => []);
  await Promise.all(sockets.map((name) => runCommand('ssh', ['-o', `ControlPath=${join(controlFolder, name)}`, '-O', 'exit', 'server'])));
}
