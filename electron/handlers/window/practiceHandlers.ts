import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcedureOutput } from '../../shared/contract/procedures.ts';
import { fail } from '../../shared/domain/failure.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { DefaultVersion } from './draftHandlers.ts';
import type { WindowContext } from './windowContext.ts';

/** Practice servers from a source checkout; there is none in a package. */
export interface Practice {
  status(): Promise<ProcedureOutput<'practice.status'>>;
  start(): Promise<Draft>;
  followProgress(push: (lines: readonly string[]) => void): () => void;
}

/** Runs a script of the checkout as a person would on a terminal. */
async function runScript(
  context: WindowContext,
  checkout: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('node', [join(checkout, 'scripts', 'run.mjs'), 'practice', ...args], {
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

/** Why practice servers cannot be had here, or null. */
function obstacle(checkout: string | null): string | null {
  if (process.platform !== 'linux') return say(message('window.core.practice.platform', { platform: process.platform }));
  if (checkout === null || !existsSync(join(checkout, 'scripts', 'practice'))) return say(message('window.core.practice.packaged'));
  if (process.getuid?.() !== 0) return say(message('window.core.practice.root'));
  return null;
}

/** Makes the room's practice servers; `checkout` is null in a package. */
export function createPractice(context: WindowContext, checkout: string | null, defaultVersion: DefaultVersion): Practice {
  const listeners = new Set<(lines: readonly string[]) => void>();
  const tell = (line: string): void => {
    for (const listener of listeners) listener([line]);
  };
  const run = async (args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> =>
    runScript(context, checkout ?? '', args, tell);
  return {
    status: async () => {
      const reason = obstacle(checkout);
      if (reason !== null) return { isPossible: false, reason, isRunning: false };
      const { code } = await run(['spec']);
      return { isPossible: true, reason: null, isRunning: code === 0 };
    },
    start: async () => {
      const reason = obstacle(checkout);
      if (reason !== null) throw fail('usage.invalid', adminSubject, { values: { reason } });
      let spec = await run(['spec']);
      if (spec.code !== 0) {
        // With a firewall, so that opening it is part of what can be practised.
        const { code } = await run(['up', '--firewall', 'nftables']);
        if (code !== 0)
          throw fail('usage.invalid', adminSubject, { values: { reason: say(message('window.core.practice.failed', { code })) } });
        spec = await run(['spec']);
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
