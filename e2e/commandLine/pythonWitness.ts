import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ensureTools } from '../../scripts/practice/hostTools.ts';

const script = fileURLToPath(new URL('pythonWitness.py', import.meta.url));
/** Debian's own: another Python on the path would not find Debian's packages. */
const python = '/usr/bin/python3';

const Testimony = z.object({
  acknowledged: z.number(),
  gaps: z.array(z.tuple([z.number(), z.number()])),
  stalls: z.array(z.tuple([z.number(), z.number()])),
});

/** What the witness saw, milliseconds of this machine's monotonic clock (`monotonicMs`); see pythonWitness.py. */
export type Testimony = z.infer<typeof Testimony>;

/** A client in another language that writes to one shard meanwhile. */
export interface PythonWitness {
  /** Ends it; what it saw. */
  finish(): Promise<Testimony>;
  /** Ends it, whatever became of the test. */
  close(): void;
}

/** This machine's monotonic clock, which every process on it shares. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Starts a witness on the shard of a master, and resolves when it writes. Installs Debian's python3-redis where it is missing. */
export async function startWitness(
  master: { readonly address: string; readonly port: number },
  options: { readonly prefix: string; readonly password: string },
): Promise<PythonWitness> {
  const library = '/usr/lib/python3/dist-packages/redis/cluster.py';
  await ensureTools('The witness of outages needs', { [python]: 'python3', [library]: 'python3-redis' }, () => undefined);
  const child = spawn(python, [script, master.address, String(master.port), options.prefix], {
    env: { ...process.env, WITNESS_PASSWORD: options.password },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => (complaints += words));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const closed = once(child, 'close');
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done !== true) return JSON.parse(value) as unknown;
    await closed;
    throw new Error(`the witness ended with ${child.exitCode}: ${complaints.trim()}`);
  };
  await next();
  return {
    finish: async () => {
      child.stdin.end();
      const testimony = Testimony.parse(await next());
      await closed;
      return testimony;
    },
    close: () => void child.kill(),
  };
}
