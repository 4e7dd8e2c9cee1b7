import { describe, expect, it } from 'vitest';
import { mainProblems, pageProblems, preloadProblems } from './build.ts';

describe('a built page', () => {
  const page = (parts: string): string => `<html><head><meta property="csp-nonce" nonce="__CSP_NONCE__">${parts}</head></html>`;
  const script = '<script type="module" crossorigin src="./assets/main.js" nonce="__CSP_NONCE__"></script>';

  it('may load its own files', () => {
    expect(pageProblems(page(`${script}<link rel="stylesheet" href="./assets/main.css">`))).toEqual([]);
  });

  it.each([
    ['an inline script', `${script}<script>go()</script>`, 'has an inline <script>'],
    ['an inline style', `${script}<style>*{}</style>`, 'has an inline <style>'],
    ['a foreign script', '<script src="https://host.example/x.js"></script>', 'loads from elsewhere'],
    ['a style sheet by an absolute path', `${script}<link href="/main.css">`, 'loads from elsewhere'],
    ['no script', '', 'has no script'],
  ])('may not have %s', (_, parts, words) => {
    expect(pageProblems(page(parts)).join('\n')).toContain(words);
  });

  it('needs a place for the nonce', () => {
    expect(pageProblems('<script src="./x.js"></script>')).toEqual(['out/renderer/index.html has no place for the nonce']);
  });
});

describe('a built preload', () => {
  it('may require Electron and nothing else', () => {
    expect(preloadProblems('let e = require("electron");')).toEqual([]);
    expect(preloadProblems('let e = require("electron"); require("./chunk.cjs"); require("node:fs")')).toHaveLength(2);
    expect(preloadProblems('')).toEqual(['out/preload/preload.cjs does not require electron: it can publish nothing']);
  });
});

describe('the built main', () => {
  it('may require what Electron and Node bring, and its own chunks', () => {
    const code =
      'require("electron"); require("node:fs"); require("net"); require("./chunks/a.cjs"); try { require("cpu-features") } catch {}';
    expect(mainProblems(code)).toEqual([]);
    expect(mainProblems('require("ssh2"); require("@a/b"); require("ssh2")')).toEqual([
      'out/main/main.cjs requires ssh2, which is not in the package',
      'out/main/main.cjs requires @a/b, which is not in the package',
    ]);
  });

  it('requires none of its chunks before the window is made, but the helpers of the bundler', () => {
    const late = 'const load = () => require("./chunks/services-1.cjs");\n\tawait require("./chunks/core-2.cjs");';
    expect(mainProblems(`require("./chunks/rolldown-runtime-1.cjs");\n${late}`)).toEqual([]);
    expect(
      mainProblems('let a = require("node:fs");\nrequire("./chunks/message-1.cjs");\nconst b = require("./chunks/zod-2.cjs");'),
    ).toEqual([
      'out/main/main.cjs requires ./chunks/message-1.cjs before the window is made',
      'out/main/main.cjs requires ./chunks/zod-2.cjs before the window is made',
    ]);
  });
});
