import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixedAddresses, prepareBasePrefix, wineEnvironment, wineProgram, wineserverProgram } from '../../windows-service/winePrefix.ts';
import { buildOnce, recipeHash, type BuiltFolder } from '../baseSystem.ts';
import { ensureTools, type Progress } from '../hostTools.ts';
import { runIsolated } from '../isolatedBuild.ts';
import { PracticeError } from '../practiceError.ts';
import { lastWords, mustRun } from '../runCommand.ts';
import { bootTool } from './host/controlChannel.ts';
import { practiceMemuraiVersion } from './host/redisPrograms.ts';

const programsFolder = join(import.meta.dirname, 'programs');
const compiler = 'x86_64-w64-mingw32-gcc';
/** Comes with the compiler. */
const resourceCompiler = 'x86_64-w64-mingw32-windres';
/** Reproducible: no time stamp in the file, nothing but Windows' own libraries needed. */
const compilerFlags = ['-O2', '-s', '-Wall', '-Wextra', '-Werror', '-static', '-Wl,--no-insert-timestamp'];

/** Tools of Windows that Wine has not, or that print nothing and say 0 there: each is a stand-in that asks the host, and fails where the host knows no answer. */
const standIns =
  'auditpol bcdedit certutil dism findstr fsutil icacls msiexec netsh powercfg schtasks shutdown systeminfo takeown tar tasklist tzutil w32tm wevtutil where wmic'.split(
    ' ',
  );

// Programs of Wine's own come before files of the same name unless it is told otherwise; in the registry, so that it holds for services too.
const overrides = [...standIns, 'powershell', 'sc'].map((name) => `"${name}.exe"="native"`).join('\n');
const firewallPolicy = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const sshRule =
  'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=22|App=%SystemRoot%\\\\system32\\\\OpenSSH\\\\sshd.exe|Name=OpenSSH SSH Server (sshd)|';
// CurrentVersion is 6.3 on Windows: Wine's RtlGetVersion takes its answer from there, and Windows' own is 10.0.
const registry = `REGEDIT4

[HKEY_CURRENT_USER\\Software\\Wine\\DllOverrides]
${overrides}

[HKEY_CURRENT_USER\\Environment]
"TEMP"="C:\\\\Users\\\\Administrator\\\\AppData\\\\Local\\\\Temp"
"TMP"="C:\\\\Users\\\\Administrator\\\\AppData\\\\Local\\\\Temp"

[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion]
"CurrentVersion"="10.0"
"CurrentMajorVersionNumber"=dword:0000000a
"CurrentMinorVersionNumber"=dword:00000000
"CurrentBuild"="20348"
"CurrentBuildNumber"="20348"
"ProductName"="Windows Server 2022 Standard"
"EditionID"="ServerStandard"
"InstallationType"="Server"
"CSDVersion"=""

[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-0-0-0-1000]
"ProfileImagePath"="C:\\\\Users\\\\Administrator"

[HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Control\\ProductOptions]
"ProductType"="ServerNT"

[HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Control\\Windows]
"CSDVersion"=dword:00000000

[HKEY_LOCAL_MACHINE\\Software\\OpenSSH]

${['DomainProfile', 'StandardProfile', 'PublicProfile'].map((profile) => `[${firewallPolicy}\\${profile}]\n"EnableFirewall"=dword:00000001\n"DisableNotifications"=dword:00000001\n`).join('\n')}
[${firewallPolicy}\\FirewallRules]
"OpenSSH-Server-In-TCP"="${sshRule}"
`.replaceAll('\n', '\r\n');

// Runs over an overlay of the base prefix; what it changes becomes the layer. Drive Z would show Windows programs this machine's files.
const layerScript = `set -e
target=$1 base=$2 wine=$3 wineserver=$4
mkdir "$target/work" "$target/root"
mount -t overlay overlay -o "lowerdir=$base,upperdir=$target/upper,workdir=$target/work" "$target/root"
sed 's/^root:/Administrator:/' /etc/passwd > "$target/passwd"
mount --bind "$target/passwd" /etc/passwd
cd "$target/root"
mkdir -m 700 "$target/sockets"
rm -f wineserver
printf '..%s/sockets' "$target" > wineserver
chmod 400 wineserver
"$wine" wineboot < /dev/null > /dev/null 2>&1
"$wine" regedit /S 'C:\\practice.reg' < /dev/null > /dev/null 2>&1
"$wine" reg query 'HKLM\\Software\\OpenSSH' < /dev/null > /dev/null 2>&1
"$wineserver" -k
"$wineserver" -w
rm -f drive_c/practice.reg dosdevices/z: wineserver
mv drive_c/users drive_c/Users
rm -rf drive_c/Users/root
mkdir -p drive_c/Users/Administrator/AppData/Local/Temp drive_c/ProgramData/ssh drive_c/windows/triad-practice drive_c/windows/system32/WindowsPowerShell/v1.0
place() { rm -f "$2"; cp "$target/programs/$1" "$2"; }
for name in ${standIns.join(' ')}; do place tool.exe "drive_c/windows/system32/$name.exe"; done
place sc.exe drive_c/windows/system32/sc.exe
place tool.exe drive_c/windows/system32/WindowsPowerShell/v1.0/powershell.exe
place tool.exe drive_c/windows/triad-practice/${bootTool}
for name in sshexec power; do place $name.exe drive_c/windows/triad-practice/$name.exe; done
cd /
umount "$target/root"
rm -rf "$target/work" "$target/root" "$target/passwd" "$target/programs" "$target/sockets"
`;

/** The folders that a practice Windows server's disk and registry consist of, uppermost first; each is shared and never written. */
export interface WindowsLayers {
  readonly folders: readonly string[];
  readonly registryFile: string;
}

/** Wine's prefix and, above it, what makes it a practice Windows server. Made once (half a minute) and then found in the cache. */
export async function prepareWindowsLayers(progress: Progress): Promise<WindowsLayers> {
  const base = await prepareBasePrefix(progress);
  await ensureCompiler(progress);
  const key = `windows-${recipeHash([base.key, registry, layerScript, ...programSources()])}`;
  const layer = await buildOnce(key, 'the base of practice Windows servers', (target) => buildLayer(base, target, progress));
  const upper = join(layer.folder, 'upper');
  return { folders: [upper, base.folder], registryFile: join(upper, 'system.reg') };
}

async function buildLayer(base: BuiltFolder, target: string, progress: Progress): Promise<void> {
  progress('Making the base of practice Windows servers (once, about half a minute).');
  const built = join(target, 'programs');
  mkdirSync(built);
  await compilePrograms(built);
  mkdirSync(join(target, 'upper', 'drive_c'), { recursive: true });
  writeFileSync(join(target, 'upper', 'drive_c', 'practice.reg'), registry);
  const made = await runIsolated(
    'unshare',
    ['--uts', '--ipc', ...fixedAddresses, 'sh', '-c', layerScript, 'sh', target, base.folder, wineProgram, wineserverProgram],
    {
      network: false,
      env: wineEnvironment(join(target, 'root')),
    },
  );
  if (made.code !== 0) throw new PracticeError(`Could not make the base of practice Windows servers: ${lastWords(made)}`);
}

/** What decides which programs come out, the compiler excepted. */
export function programSources(): string[] {
  return [compilerFlags.join(' '), ...readdirSync(programsFolder).map((name) => readFileSync(join(programsFolder, name), 'utf8'))];
}

/** Installs the compiler for Windows programs where this machine lacks it. */
export function ensureCompiler(progress: Progress): Promise<void> {
  return ensureTools('Practice Windows servers need', { [compiler]: 'gcc-mingw-w64-x86-64' }, progress);
}

/** Compiles the stand-ins' programs into a folder: `tool.exe`, `sc.exe`, `sshexec.exe`, `power.exe`. */
async function compilePrograms(folder: string): Promise<void> {
  await compile(['-o', join(folder, 'tool.exe'), join(programsFolder, 'tool.c'), '-lws2_32']);
  await compile(['-DSC', '-o', join(folder, 'sc.exe'), join(programsFolder, 'tool.c'), join(programsFolder, 'sc.c'), '-lws2_32']);
  await compile(['-o', join(folder, 'sshexec.exe'), join(programsFolder, 'sshexec.c'), '-lws2_32']);
  await compile(['-o', join(folder, 'power.exe'), join(programsFolder, 'power.c')]);
}

/**
 * Compiles what stands for Redis' programs for Windows: `redis-server.exe`, which hands over to the Linux program of that version, and
 * `msys-2.0.dll`, without which it does not start.
 */
export async function compileRedisPrograms(version: string, folder: string): Promise<void> {
  const library = await compileLibrary('msys-2.0.dll', folder);
  await compile([`-DREDIS="${version}"`, '-o', join(folder, 'redis-server.exe'), ...redisSources, library, '-lws2_32']);
  rmSync(library);
}

const redisSources = ['tool.c', 'listeners.c', 'suspension.c'].map((name) => join(programsFolder, name));

/** The library without which the Memurai-like `memurai.exe` does not start. */
export const memuraiLibrary = 'memurai-core.dll';

/**
 * Compiles what stands for Memurai: `memurai.exe`, which hands over to the Linux Redis of that version, can be a service by itself and wants a licence file
 * beside it, and {@link memuraiLibrary}.
 */
export async function compileMemuraiPrograms(version: string, folder: string): Promise<void> {
  const library = await compileLibrary(memuraiLibrary, folder);
  const resource = join(folder, 'memurai.res.o');
  const said = ['-D', `MEMURAI=${practiceMemuraiVersion}`];
  await mustRun('compile a resource for practice Windows servers', resourceCompiler, [
    ...said,
    join(programsFolder, 'memurai.rc'),
    resource,
  ]);
  const sources = [...redisSources, join(programsFolder, 'nativeService.c'), resource, library];
  await compile([`-DREDIS="${version}"`, '-DMEMURAI', '-o', join(folder, 'memurai.exe'), ...sources, '-lws2_32']);
  rmSync(resource);
  rmSync(library);
}

/** Compiles a DLL that a program needs to start. Returns the file to link the program with, which is in the way afterwards. */
async function compileLibrary(name: string, folder: string): Promise<string> {
  const library = join(folder, `${name}.a`);
  // Without an image base of its own the library would get one that depends on its folder.
  const linking = [`-Wl,--out-implib,${library}`, '-Wl,--image-base=0x210040000'];
  await compile(['-shared', '-o', join(folder, name), join(programsFolder, 'msys.c'), ...linking]);
  return library;
}

async function compile(args: readonly string[]): Promise<void> {
  await mustRun('compile a program for practice Windows servers', compiler, [...compilerFlags, ...args]);
}
