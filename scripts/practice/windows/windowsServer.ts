import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourcesFolder } from '../../redis/ensureBundle.ts';
import { hostKeyOf, type Credentials } from '../credentials.ts';
import type { LoginVariant } from '../loginVariants.ts';
import { PracticeError } from '../practiceError.ts';
import { mountServer, wipeFolder } from '../serverFiles.ts';
import type { ServerVariant } from '../serverVariant.ts';
import type { ServerPlace, SetPlace } from '../setPlace.ts';
import { windowsFiles, type HostConfig } from './hostConfig.ts';
import { prepareWindowsLayers } from './windowsLayer.ts';
import { resolveWindowsVariant, windowsReleases, windowsUser, type WindowsVariant } from './windowsVariant.ts';
import type { Progress } from '../hostTools.ts';

/** What is needed to lay out one Windows server. */
export interface LayOutWindows {
  readonly variant: WindowsVariant;
  readonly login: LoginVariant;
  readonly sshPort: number;
  readonly credentials: Credentials;
  readonly renewHostKey: boolean;
  readonly progress: Progress;
}

/** Throws a PracticeError for what a server's variant asks of Windows that only Linux has. */
export function refuseLinuxVariant({ firewall = 'none', quirks = [], dataDisk, login }: ServerVariant): void {
  if (firewall !== 'none')
    throw new PracticeError(`A practice Windows server has no ${firewall}: its firewall is its own (windowsFirewall).`);
  if (quirks.length > 0) throw new PracticeError(`A practice Windows server has no quirk "${quirks.join('", "')}".`);
  if (dataDisk !== undefined) throw new PracticeError('A practice Windows server has one disk.');
  if (login === 'noSudo') throw new PracticeError('On a practice Windows server everybody who logs in is a member of Administrators.');
}

/** Mounts and fills a Windows server that is off, in place of whatever was there. Returns the fingerprint of its host key. */
export async function layOutWindowsServer(set: SetPlace, server: ServerPlace, make: LayOutWindows): Promise<string> {
  const layers = await prepareWindowsLayers(make.progress);
  await wipeFolder(server.folder);
  await mountServer(server, layers.folders);
  const hostKey = await hostKeyOf(set, server.number, make.renewHostKey);
  const variant = resolveWindowsVariant(make.variant);
  const { login, credentials } = make;
  const files = windowsFiles(server.folder);
  const config: HostConfig = {
    name: server.name,
    sshPort: make.sshPort,
    localSubnet: set.cidr,
    user: windowsUser,
    password: login.auth === 'password' ? credentials.password : undefined,
    acceptsKeys: login.auth !== 'password',
    hostKeyFile: join(server.folder, 'hostKey'),
    variant,
  };
  writeFileSync(config.hostKeyFile, hostKey.privateKey, { mode: 0o600 });
  writeFileSync(files.config, JSON.stringify(config), { mode: 0o600 });
  symlinkSync(process.execPath, join(server.folder, 'node'));
  symlinkSync(resourcesFolder, join(server.folder, 'redis'));
  const system = readFileSync(layers.registryFile, 'utf8');
  // Replaced, never written in place: the file below is shared.
  rmSync(join(files.prefix, 'system.reg'));
  writeFileSync(join(files.prefix, 'system.reg'), ownRegistry(system, variant));
  // Where Debian's Wine has its sockets, as seen from /tmp: there they would stay behind.
  mkdirSync(join(server.folder, 'sockets'), { mode: 0o700 });
  writeFileSync(join(files.prefix, 'wineserver'), `..${server.folder}/sockets`, { mode: 0o400 });
  const sshFolder = join(files.driveC, 'ProgramData', 'ssh');
  mkdirSync(sshFolder, { recursive: true });
  if (login.auth !== 'password') {
    const key = login.auth === 'key' ? credentials.publicKey : credentials.encryptedPublicKey;
    writeFileSync(join(sshFolder, 'administrators_authorized_keys'), `${key}\r\n`);
  }
  return hostKey.fingerprint;
}

/** What differs from server to server: the machine's identity and the release. */
function ownRegistry(system: string, { release, shell, windowsFirewall }: ReturnType<typeof resolveWindowsVariant>): string {
  const { build, name } = windowsReleases[release];
  const values: Readonly<Record<string, string>> = {
    MachineGuid: `"${randomUUID()}"`,
    CurrentBuild: `"${build}"`,
    CurrentBuildNumber: `"${build}"`,
    ProductName: `"${name}"`,
    ...(windowsFirewall === 'off' ? { EnableFirewall: 'dword:00000000' } : {}),
  };
  let text = system;
  for (const [key, value] of Object.entries(values)) {
    const line = new RegExp(`^"${key}"=.*$`, 'gmu');
    if (!line.test(text)) throw new PracticeError(`The registry of practice Windows servers has no ${key}.`);
    text = text.replaceAll(line, `"${key}"=${value}`);
  }
  const policy = '[Software\\\\Policies\\\\Microsoft\\\\WindowsFirewall\\\\PublicProfile]';
  if (windowsFirewall === 'policyOnly') text += `\n${policy} 1\n"AllowLocalPolicyMerge"=dword:00000000\n`;
  if (shell === 'cmd') return text;
  const powerShell = 'C:\\\\Windows\\\\System32\\\\WindowsPowerShell\\\\v1.0\\\\powershell.exe';
  return text.replace(/^(?<key>\[Software\\\\OpenSSH\].*\n(?:#.*\n)*)/mu, `$<key>"DefaultShell"="${powerShell}"\n`);
}
