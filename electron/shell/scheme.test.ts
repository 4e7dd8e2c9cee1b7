import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { expect, it, onTestFinished, vi } from 'vitest';
import { registerScheme, serveScheme } from './scheme.ts';

const registered = vi.hoisted((): unknown[] => []);
vi.mock('electron', () => ({ protocol: { registerSchemesAsPrivileged: (schemes: readonly unknown[]) => registered.push(...schemes) } }));

async function serve(): Promise<(address: string, method?: string) => Promise<Response>> {
  const renderer = await mkdtemp(join(tmpdir(), 'triad-scheme-'));
  onTestFinished(async () => rm(renderer, { recursive: true }));
  await writeFile(join(renderer, 'index.html'), '<p>the window</p>');
  let handle: (request: Request) => Promise<Response> = () => Promise.reject(new Error('nothing is served'));
  const target = {
    handle: (_: string, handler: typeof handle) => {
      handle = handler;
    },
  };
  serveScheme(target as unknown as Protocol, {
    renderer,
    answerReport: (address) => Promise.resolve(new Response(`report ${address.pathname}`)),
  });
  return async (address, method = 'GET') => handle(new Request(address, { method }));
}

it('serves the window and the reports, and nothing else', async () => {
  const ask = await serve();
  expect(await (await ask('triad://app/index.html')).text()).toBe('<p>the window</p>');
  expect(await (await ask('triad://report/run-1')).text()).toBe('report /run-1');
  expect((await ask('triad://other/index.html')).status).toBe(404);
});

it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('takes nothing by %s', async (method) => {
  const ask = await serve();
  for (const address of ['triad://app/index.html', 'triad://report/run-1']) expect((await ask(address, method)).status).toBe(405);
});

it('may do no more than a web site: neither past the policy nor into other origins', () => {
  registerScheme();
  expect(registered).toEqual([{ scheme: 'triad', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
});
