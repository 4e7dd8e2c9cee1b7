import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Credentials, HostKey } from './credentials.ts';
import { sshdLines, sudoersLine } from './loginVariants.ts';
import { PracticeError } from './practiceError.ts';
import { lastWords, mustRun, runCommand } from './runCommand.ts';
import type { ServerPlace } from './setPlace.ts';
import type { ResolvedVariant } from './serverVariant.ts';

/** Mounts a server's file system: its own empty layer above `lowerFolders` (uppermost first), which are shared and never written. */
export async function mountServer(server: ServerPlace, lowerFolders: readonly string[]): Promise<void> {
  for (const folder of [server.rootFolder, server.upperFolder, server.workFolder]) mkdirSync(folder, { recursive: true });
  // The upper folder's mode is that of the server's root folder.
  chmodSync(server.upperFolder, 0o755);
  const options = `lowerdir=${lowerFolders.join(':')},upperdir=${server.upperFolder},workdir=${server.workFolder}`;
  await mustRun(`mount the files of ${server.name}`, 'mount', ['-t', 'overlay', 'overlay', '-o', options, server.rootFolder]);
}

/** Unmounts everything below `folder`, deepest first; what is busy is detached and goes with its last user. */
export async function unmountBelow(folder: string): Promise<void> {
  for (const mountPoint of mountPointsBelow(folder).toReversed()) {
    const { code } = await runCommand('umount', [mountPoint]);
    if (code !== 0) await runCommand('umount', ['--lazy', mountPoint]);
  }
}

/** Unmounts what is below `folder` and deletes it. Refuses to delete through a mount that is still there. */
export async function wipeFolder(folder: string): Promise<void> {
  await unmountBelow(folder);
  const still = mountPointsBelow(folder);
  if (still.length > 0) throw new PracticeError(`Could not unmount ${still.join(', ')}: something is using it.`);
  // Retries, because a program that a killed run left behind may still be writing for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function mountPointsBelow(folder: string): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((mountPoint) => mountPoint.startsWith(`${folder}/`));
}

/** Writes into a mounted server, before it boots, what makes it itself: name, machine id, host key, user, sudo, sshd and its recipes. */
export async function layOutServer(
  server: ServerPlace,
  variant: ResolvedVariant,
  credentials: Credentials,
  hostKey: HostKey,
): Promise<void> {
  const { login, dataDisk } = variant;
  putFile(server, '/etc/hostname', server.name);
  // As Debian's installer writes it. Without its own name in here, sudo is slow and complains.
  putFile(server, '/etc/hosts', `127.0.0.1 localhost\n127.0.1.1 ${server.name}\n::1 localhost ip6-localhost ip6-loopback`);
  putFile(server, '/etc/machine-id', randomBytes(16).toString('hex'), 0o444);
  putFile(server, '/etc/ssh/ssh_host_ed25519_key', hostKey.privateKey.trimEnd(), 0o600);
  putFile(server, '/etc/ssh/ssh_host_ed25519_key.pub', hostKey.publicKey);
  putFile(server, '/etc/ssh/sshd_config.d/10-practice.conf', [`Port ${variant.sshPort}`, ...sshdLines(login)].join('\n'));
  const sudoers = sudoersLine(login);
  if (sudoers !== undefined) putFile(server, '/etc/sudoers.d/90-practice', sudoers, 0o440);
  if (dataDisk !== undefined) putFile(server, '/etc/fstab', `tmpfs ${dataDisk.path} tmpfs size=${dataDisk.sizeBytes},mode=0755 0 0`);
  await inFiles(server, 'make its user', userScript(login.user, credentials.password));
  if (login.auth !== 'password') {
    const key = login.auth === 'key' ? credentials.publicKey : credentials.encryptedPublicKey;
    await inFiles(server, "lay out its user's key", keyScript(login.user, key));
  }
  for (const recipe of variant.recipes) {
    const script = recipe.beforeBoot?.(variant.context);
    if (script !== undefined) await inFiles(server, `prepare "${recipe.says}"`, script);
  }
}

function putFile(server: ServerPlace, path: string, text: string, mode = 0o644): void {
  const file = join(server.rootFolder, path);
  const folder = dirname(file);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
  }
  writeFileSync(file, `${text}\n`);
  // Set apart from writing, where the umask of whoever runs this would have its say.
  chmodSync(file, mode);
}

function userScript(user: string, password: string): string {
  const create = user === 'root' ? '' : `useradd --create-home --shell /bin/bash ${user}\n`;
  return `${create}chpasswd << 'END OF PASSWORDS'\n${user}:${password}\nEND OF PASSWORDS\n`;
}

function keyScript(user: string, key: string): string {
  const folder = `${user === 'root' ? '/root' : `/home/${user}`}/.ssh`;
  return `install -d -m 700 -o ${user} -g ${user} ${folder}
echo '${key}' > ${folder}/authorized_keys
chown ${user}: ${folder}/authorized_keys
chmod 600 ${folder}/authorized_keys
`;
}

/** Runs a script in the files of a server that is off. On standard input, so that no secret is in an argument. */
async function inFiles(server: ServerPlace, doing: string, script: string): Promise<void> {
  const result = await runCommand('chroot', [server.rootFolder, 'sh', '-es'], { input: `umask 022\n${script}` });
  if (result.code !== 0) throw new PracticeError(`${server.name}: could not ${doing}: ${lastWords(result)}`);
}
