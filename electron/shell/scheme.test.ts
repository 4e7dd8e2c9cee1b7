import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol, ProtocolRequest, ProtocolResponse } from 'electron';
import { expect, it, onTestFinished, vi } from 'vitest';
import { registerScheme, serveScheme } from './scheme.ts';

const registered = vi.hoisted((): unknown[] => []);
vi.mock('electron', () => ({ protocol: { registerSchemesAsPrivileged: (schemes: readonly unknown[]) => registered.push(...schemes) } }));

async function serve(): Promise<(address: string, method?: string) => Promise<ProtocolResponse>> {
  const renderer = await mkdtemp(join(tmpdir(), 'triad-scheme-'));
  onTestFinished(async () => rm(renderer, { recursive: true }));
  await writeFile(join(renderer, 'index.html'), '<p>the window</p>');
  let handle: (request: ProtocolRequest, callback: (response: ProtocolResponse) => void) => void = () => undefined;
  const target: Pick<Protocol, 'registerBufferProtocol'> = {
    registerBufferProtocol: (_, handler) => {
      handle = handler as typeof handle;
      return true;
    },
  };
  serveScheme(target, {
    renderer,
    takeLook: () => null,
    answerReport: async ({ pathname }) => {
      if (pathname === '/broken') throw new Error('ENOENT at some/place');
      return Promise.resolve({
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: Buffer.from(`report ${pathname}`),
      });
    },
  });
  return async (url, method = 'GET') =>
    new Promise((resolve) => {
      handle({ url, method, headers: {}, referrer: '' }, resolve);
    });
}

const textOf = ({ data }: ProtocolResponse): string => (Buffer.isBuffer(data) ? data.toString('utf8') : '');

it('serves the window and the reports, and nothing else', async () => {
  const ask = await serve();
  expect(textOf(await ask('triad://app/index.html'))).toBe('<p>the window</p>');
  expect(textOf(await ask('triad://report/run-1'))).toBe('report /run-1');
  expect((await ask('triad://other/index.html')).statusCode).toBe(404);
});

it('says of what type each answer is, with its headers', async () => {
  const ask = await serve();
  const { mimeType, charset, headers } = await ask('triad://app/index.html');
  expect([mimeType, charset]).toEqual(['text/html', 'utf-8']);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  expect(headers?.['content-security-policy']).toContain("default-src 'none'");
});

it('answers what breaks like a network that failed', async () => {
  const ask = await serve();
  expect(await ask('triad://report/broken')).toEqual({ error: -2 });
});

it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('takes nothing by %s', async (method) => {
  const ask = await serve();
  for (const address of ['triad://app/index.html', 'triad://report/run-1']) expect((await ask(address, method)).statusCode).toBe(405);
});

it('may do no more than a web site: neither past the policy nor into other origins', () => {
  registerScheme();
  expect(registered).toEqual([{ scheme: 'triad', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
});
