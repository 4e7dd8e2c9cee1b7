import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcedureOutput } from '../../shared/contract/procedures.ts';
import { fail } from '../../shared/domain/failure.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { DefaultVersion } from './draftHandlers.ts';
import type { WindowContext } from './windowContext.ts';

/** Practice servers from a source checkout; there is none in a package. */
export interface Practice {
  status(): Promise<ProcedureOutput<'practice.status'>>;
  /** Throws `usage.invalid` where they cannot be had, or others are up. */
  start(kind: Platform): Promise<Draft>;
  followProgress(push: (lines: readonly string[]) => void): () => void;
}

/** Wine and the compiler are installed from Debian's packages where they are missing. */
const WINE = ['/usr/lib/wine/wine64', '/usr/bin/apt-get'];

/** Runs a script of the checkout as a person would on a terminal. */
async function runScript(
  context: WindowContext,
  checkout: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('node', [join(checkout, 'scripts', 'run.mjs'), ...args], {
      cwd: checkout,
      env: { ...context.environment, ELECTRON_RUN_AS_NODE: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') onLine(line);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout }));
  });
}

/** With a firewall, so that opening it is part of what can be practised; Windows servers have one of their own. */
const UP = { linux: ['--firewall', 'nftables'], windows: ['--windows'] } as const;

/** Why practice servers cannot be had here, or null. */
function obstacle(checkout: string | null): string | null {
  if (process.platform !== 'linux') return say(message('window.core.practice.platform', { platform: process.platform }));
  if (checkout === null || !existsSync(join(checkout, 'scripts', 'practice'))) return say(message('window.core.practice.packaged'));
  if (process.getuid?.() !== 0) return say(message('window.core.practice.root'));
  return null;
}

/** Why Windows servers cannot be practised with where Linux servers can, or null. */
function windowsObstacle(): string | null {
  if (process.arch !== 'x64') return say(message('window.core.practice.windowsX64', { architecture: process.arch }));
  return WINE.some((file) => existsSync(file)) ? null : say(message('window.core.practice.windowsWine'));
}

/** What the servers of a practice specification run on. */
export function kindOfPractice(spec: string): 'linux' | 'windows' | 'mixed' {
  const windows = spec.match(/^ {4}platform: windows$/gmu)?.length ?? 0;
  return windows === 0 ? 'linux' : windows === 3 ? 'windows' : 'mixed';
}

/** Makes the room's practice servers; `checkout` is null in a package. */
export function createPractice(context: WindowContext, checkout: string | null, defaultVersion: DefaultVersion): Practice {
  const listeners = new Set<(lines: readonly string[]) => void>();
  let said = '';
  const tell = (line: string): void => {
    said = line;
    for (const listener of listeners) listener([line]);
  };
  const run = async (args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> =>
    runScript(context, checkout ?? '', args, tell);
  const refused = (reason: string): Error => fail('usage.invalid', adminSubject, { values: { reason } });
  const mustRun = async (args: readonly string[]): Promise<void> => {
    const { code } = await run(args);
    if (code !== 0) throw refused(say(message('window.core.practice.failed', { code, said })));
  };
  return {
    status: async () => {
      const reason = obstacle(checkout);
      if (reason !== null) return { isPossible: false, reason, running: null, whyNoWindows: null };
      const spec = await run(['practice', 'spec']);
      return {
        isPossible: true,
        reason: null,
        running: spec.code === 0 ? kindOfPractice(spec.stdout) : null,
        whyNoWindows: windowsObstacle(),
      };
    },
    start: async (kind) => {
      const reason = obstacle(checkout) ?? (kind === 'windows' ? windowsObstacle() : null);
      if (reason !== null) throw refused(reason);
      let spec = await run(['practice', 'spec']);
      if (spec.code === 0 && kindOfPractice(spec.stdout) !== kind) throw refused(say(message('window.core.practice.others')));
      // Without its own program Triad can look at no Windows server.
      if (kind === 'windows') await mustRun(['windows-service', 'ensure']);
      if (spec.code !== 0) {
        await mustRun(['practice', 'up', ...UP[kind]]);
        spec = await run(['practice', 'spec']);
      }
      const { draftOfText } = await import('./draftHandlers.ts');
      return draftOfText(context, spec.stdout, join(checkout ?? '', 'spec.yaml'), defaultVersion);
    },
    followProgress: (push) => {
      listeners.add(push);
      return () => listeners.delete(push);
    },
  };
}
