import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { argumentsOf } from './commandLine.ts';
import type { ToolQuestion } from './toolAnswer.ts';
import { linuxPathOf } from './windowsPath.ts';

/** Where this checkout's resources/redis is in the root that the Linux programs are given. */
const programsFolder = 'programs';

/** Where a service begins that no wrapper starts: read-only, and `C:/...` leads to `C:\` from there (`windowsInit.sh`). */
const serviceFolder = '/service';

/** How to start the Linux program behind one of Redis' programs for Windows. */
export interface LinuxProgram {
  readonly words: readonly string[];
  /** It only prints something: run by the host, whose output reaches a caller that reads through a pipe of Windows. */
  readonly isShort: boolean;
  /** It prints what Redis answers, and nothing about itself. */
  readonly isCommand: boolean;
}

/** The version that the stand-ins for Memurai's programs say they have; that of the Redis behind them is another, and only `INFO` tells it. */
export const practiceMemuraiVersion = '4.2.3';

/** What a program says of itself: Memurai's name and version in place of those of the Redis behind it. */
export function inItsName(tool: string, printed: string): string {
  if (!tool.startsWith('memurai')) return printed;
  return printed
    .replace(/^Redis server v=\S+/u, `Memurai server v=${practiceMemuraiVersion}`)
    .replace(/^redis-(?<name>\S+) \S+/u, `memurai-$<name> ${practiceMemuraiVersion}`);
}

/** What the programs of Memurai are called by Redis: `memurai.exe` is the server, the others keep their last word. */
function redisNameOf(tool: string): string {
  const name = tool.replace(/\.exe$/u, '');
  return name === 'memurai' ? 'redis-server' : name.replace(/^memurai-/u, 'redis-');
}

/** The words for Redis itself among those of a service program of its own: the configuration, and settings that follow. Undefined where it is none. */
function serviceWords(args: readonly string[]): readonly string[] | undefined {
  const run = args.indexOf('--service-run');
  if (run === -1) return undefined;
  const name = args.indexOf('--service-name');
  return args.filter((_, index) => index !== run && (name === -1 || (index !== name && index !== name + 1)));
}

/**
 * Finds the Linux program. It lives in a root of its own, in which `C:\` is `/c`, as a program made with msys2 sees it: `CONFIG GET dir` says
 * `/c/Triad/nodes/7000`. It dies with the thread that starts it. Undefined where Linux has no such program here. A service of Memurai's own begins in a folder
 * where nothing can be written: there its configuration says `dir "C:/..."`, with slashes, before any relative path.
 */
export function linuxProgram(
  { tool, folder, line, version, auth }: ToolQuestion,
  files: { readonly driveC: string; readonly msysRoot: string },
): LinuxProgram | undefined {
  if (version === undefined) return undefined;
  const program = join(programsFolder, `redis-${version}`, 'linux-x64', redisNameOf(tool));
  if (!existsSync(join(files.msysRoot, program))) return undefined;
  const said = argumentsOf(line).slice(1);
  const service = serviceWords(said);
  const args = service ?? said;
  const inMsys = (file: string): string => `/c/${relative(files.driveC, file)}`;
  const words = args.map((arg) => (/^[A-Za-z]:[\\/]/u.test(arg) ? inMsys(linuxPathOf(files.driveC, folder, arg)) : arg));
  const around = ['/usr/bin/setpriv', '--pdeathsig=KILL', '/usr/bin/env', '-i', 'LC_ALL=C'];
  const environment = auth === undefined ? [] : [`REDISCLI_AUTH=${auth}`];
  const root = [
    '/usr/bin/unshare',
    `--root=${files.msysRoot}`,
    `--wd=${service === undefined ? inMsys(folder) : serviceFolder}`,
    `/${program}`,
  ];
  const isAboutItself = args.length === 1 && /^(?:--version|-v|--help|-h)$/u.test(args[0] ?? '');
  // Without words the client is for people, and waits for them.
  const isCommand = redisNameOf(tool) === 'redis-cli' && args.length > 0;
  return {
    words: [...around, ...environment, ...root, ...words],
    isShort: isAboutItself || isCommand,
    isCommand: isCommand && !isAboutItself,
  };
}
