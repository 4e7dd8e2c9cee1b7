import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { argumentsOf } from './commandLine.ts';
import type { ToolQuestion } from './toolAnswer.ts';
import { linuxPathOf } from './windowsPath.ts';

/** Where this checkout's resources/redis is in the root that the Linux programs are given. */
const programsFolder = 'programs';

/** How to start the Linux program behind one of Redis' programs for Windows. */
export interface LinuxProgram {
  readonly words: readonly string[];
  /** It only prints something: run by the host, whose output reaches a caller that reads through a pipe of Windows. */
  readonly isShort: boolean;
}

/**
 * Finds the Linux program. It lives in a root of its own, in which `C:\` is `/c`, as a program made with msys2 sees it: `CONFIG GET dir` says
 * `/c/Triad/nodes/7000`. It dies with the thread that starts it. Undefined where Linux has no such program here.
 */
export function linuxProgram(
  { tool, folder, line, version, auth }: ToolQuestion,
  files: { readonly driveC: string; readonly msysRoot: string },
): LinuxProgram | undefined {
  if (version === undefined) return undefined;
  const program = join(programsFolder, `redis-${version}`, 'linux-x64', tool.replace(/\.exe$/u, ''));
  if (!existsSync(join(files.msysRoot, program))) return undefined;
  const args = argumentsOf(line).slice(1);
  const inMsys = (file: string): string => `/c/${relative(files.driveC, file)}`;
  const words = args.map((arg) => (/^[A-Za-z]:[\\/]/u.test(arg) ? inMsys(linuxPathOf(files.driveC, folder, arg)) : arg));
  const around = ['/usr/bin/setpriv', '--pdeathsig=KILL', '/usr/bin/env', '-i', 'LC_ALL=C'];
  const environment = auth === undefined ? [] : [`REDISCLI_AUTH=${auth}`];
  const root = ['/usr/bin/unshare', `--root=${files.msysRoot}`, `--wd=${inMsys(folder)}`, `/${program}`];
  const isAboutItself = args.length === 1 && /^(?:--version|-v|--help|-h)$/u.test(args[0] ?? '');
  // Without words the client is for people, and waits for them.
  const isCommand = tool === 'redis-cli.exe' && args.length > 0;
  return { words: [...around, ...environment, ...root, ...words], isShort: isAboutItself || isCommand };
}
