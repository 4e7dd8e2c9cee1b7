import { spawn } from 'node:child_process';
import { hasTool, type Progress } from '../practice/hostTools.ts';
import { ensureDebianPackages } from './debianPackages.ts';
import { RuntimeError } from './runtimeError.ts';

/** A display for windows that nobody sees. */
export interface VirtualDisplay {
  /** What DISPLAY has to be, such as ":99". */
  readonly name: string;
  stop(): Promise<void>;
}

/** True where windows can be opened as things are. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  return process.platform !== 'linux' || [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '');
}

const startTimeoutMs = 20_000;

/**
 * Starts Xvfb, which takes a free display number itself. It ends with `stop` or with this process, however that ends: the kernel sends it
 * a signal then.
 * @param size of its screen, in pixels
 */
export async function startVirtualDisplay(
  size: { readonly width: number; readonly height: number },
  progress: Progress,
): Promise<VirtualDisplay> {
  if (process.platform !== 'linux') throw new RuntimeError('Virtual displays need Linux.');
  if (!hasTool('Xvfb') || !hasTool('setpriv')) await ensureDebianPackages(['xvfb', 'util-linux'], 'A virtual display', progress);
  const server = ['Xvfb', '-displayfd', '3', '-screen', '0', `${size.width}x${size.height}x24`, '-nolisten', 'tcp', '-noreset'];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...server], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const number = await new Promise<string | undefined>((resolve) => {
    let text = '';
    const timer = setTimeout(() => resolve(undefined), startTimeoutMs);
    const settle = (value: string | undefined): void => {
      clearTimeout(timer);
      resolve(value);
    };
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) settle(text.trim());
    });
    child.once('error', () => settle(undefined));
    child.once('close', () => settle(undefined));
  });
  if (number === undefined || number === '') {
    child.kill('SIGKILL');
    throw new RuntimeError(`Xvfb could not be started: ${said.trim().split('\n').at(-1) ?? ''}`);
  }
  return { name: `:${number}`, stop };
}
