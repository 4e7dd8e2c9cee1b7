import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { awaitCondition } from '../../practice/awaitCondition.ts';
import { BenchError } from '../benchError.ts';

const targetsSchema = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string().optional() }));
const replySchema = z.object({
  id: z.number().optional(),
  result: z
    .object({
      result: z.object({ value: z.unknown() }).optional(),
      exceptionDetails: z.object({ text: z.string(), exception: z.object({ description: z.string().optional() }).optional() }).optional(),
    })
    .optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** How long a page may take to appear, and to answer. */
const pageTimeoutMs = 30_000;

/** The page of an Electron that was started with `--remote-debugging-port=0`. Chromium notes in the profile which port it took. */
export async function findPage(profile: string): Promise<string> {
  const found = await awaitCondition(
    pageTimeoutMs,
    async () => {
      const note = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
      const [port = ''] = note.split('\n');
      if (port === '') return undefined;
      const targets = await fetch(`http://127.0.0.1:${port}/json`).then(
        (response) => response.json(),
        () => [],
      );
      return targetsSchema.parse(targets).find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
    },
    200,
  );
  if (found === undefined) throw new BenchError('No page appeared.');
  return found;
}

/** Evaluates an expression in a page, waits for its promise, and returns its value. The page's security policy does not hold for it. */
export function evaluate(page: string, expression: string, timeoutMs = pageTimeoutMs): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(page);
    const timer = setTimeout(() => fail(`The page did not answer within ${timeoutMs / 1000} s.`), timeoutMs);
    const fail = (sentence: string): void => {
      clearTimeout(timer);
      socket.close();
      reject(new BenchError(sentence));
    };
    socket.addEventListener('error', () => fail('The page cannot be asked.'));
    socket.addEventListener('close', () => fail('The page ended before it answered.'));
    socket.addEventListener('open', () => {
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    });
    socket.addEventListener('message', ({ data }: MessageEvent) => {
      const reply = replySchema.parse(JSON.parse(String(data)));
      if (reply.id !== 1) return;
      const problem =
        reply.error?.message ?? reply.result?.exceptionDetails?.exception?.description ?? reply.result?.exceptionDetails?.text;
      if (problem !== undefined) {
        fail(problem);
        return;
      }
      clearTimeout(timer);
      resolve(reply.result?.result?.value);
      socket.close();
    });
  });
}
