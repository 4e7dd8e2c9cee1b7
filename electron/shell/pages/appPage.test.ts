import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FirstLook } from '../../shared/contract/firstLook.ts';
import type { Answer } from './answer.ts';
import { answerAppRequest } from './appPage.ts';

let folder = '';
let page = '';
let look: FirstLook | null = null;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-page-'));
  page = join(folder, 'renderer');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>');
  await writeFile(join(page, 'assets', 'index.js'), 'code');
  await writeFile(join(page, 'notes.txt'), 'of no known type');
  await writeFile(join(folder, 'secret.json'), '{}');
  await mkdir(join(folder, 'renderer-other'));
  await writeFile(join(folder, 'renderer-other', 'index.js'), 'beside it');
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (path: string): Promise<Answer> => answerAppRequest(new URL(`triad://app${path}`), page, () => look);

describe('the document', () => {
  it('comes with a strict policy whose nonce is in the page, and is new each time', async () => {
    const [first, second] = await Promise.all([ask('/index.html'), ask('/index.html')]);
    const policy = first.headers['content-security-policy'] ?? '';
    const nonce = /'nonce-([^']+)'/u.exec(policy)?.[1] ?? '';
    expect(first.body.toString('utf8')).toBe(`<meta property="csp-nonce" nonce="${nonce}"><script nonce="${nonce}"></script>`);
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/u);
    expect(policy).toContain("default-src 'none'; script-src 'self'; ");
    expect(policy).not.toMatch(/unsafe|https?:|\*/u);
    expect(second.headers['content-security-policy']).not.toContain(nonce);
  });

  it('tells its page what it may draw before the core has answered', async () => {
    await writeFile(join(page, 'look.html'), '<meta content="__FIRST_LOOK__">');
    onTestFinished(() => {
      look = null;
    });
    const told = async (): Promise<unknown> => {
      const text = (await ask('/look.html')).body.toString('utf8');
      return JSON.parse((/content="([^"]*)"/u.exec(text)?.[1] ?? '').replaceAll('&quot;', '"'));
    };
    expect(await told()).toBeNull();
    look = { settings: { theme: 'dark', language: 'system' }, language: 'pt', hasCards: true };
    expect(FirstLook.parse(await told())).toEqual(look);
  });

  it('is never taken for another type', async () => {
    expect((await ask('/index.html')).headers['x-content-type-options']).toBe('nosniff');
    expect((await ask('/assets/index.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  });
});

describe('what is not part of the window', () => {
  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..%5csecret.json',
    '/../renderer-other/index.js',
    '/%2e%2e%2frenderer-other%2findex.js',
    '/assets/index.js%00.html',
    '/%ff',
    '/',
    '/assets',
    '/notes.txt',
    '/missing.js',
  ])('%s is not found', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(answer.body.toString('utf8').trim()).toBe('');
  });
});
