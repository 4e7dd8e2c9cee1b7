import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { currentLanguage } from '../domain/language.ts';
import { en } from './en/index.ts';
import { inLanguage, registerLanguage, say, sayIn, setLanguage } from './message.ts';
import { pt } from './pt/index.ts';

const placeholders = (text: string): readonly string[] => [...text.matchAll(/\{\{.*?\}\}/gu)].map((match) => match[0]).toSorted();
const commands = (text: string): readonly string[] => [...text.matchAll(/`.*?`/gu)].map((match) => match[0]).toSorted();

const translated: Readonly<Record<string, string>> = pt;
/** A value may be named twice where the language wants it. */
const isSame = (one: readonly string[], other: readonly string[]): boolean => [...new Set(one)].join() === [...new Set(other)].join();

const translatable = Object.entries(en).filter(([code]) => !code.startsWith('change.readme.'));

describe('the Portuguese catalogue', () => {
  it('has the codes of the English one and no other', () => {
    expect(Object.keys(pt).toSorted()).toEqual(translatable.map(([code]) => code).toSorted());
  });

  it('names the same values in every text', () => {
    expect(translatable.filter(([code, text]) => !isSame(placeholders(text), placeholders(translated[code] ?? '')))).toEqual([]);
  });

  it('has the same things to type in every text', () => {
    expect(translatable.filter(([code, text]) => !isSame(commands(text), commands(translated[code] ?? '')))).toEqual([]);
  });

  // By the words of the documentation that its readers know; and never familiar, nor as written in Brazil.
  it.each([
    ['node', /\bnós?\b/iu],
    ['replica', /réplica/iu],
    ['master', /\bmestre/iu],
    ['slot', /ranhura/iu],
    ['failover', /comutação|prova de failover/iu],
    ['connection string', /cadeia de ligação/iu],
    ['palavra-passe', /\bsenha/iu],
    ['utilizador', /usuário/iu],
    ['ficheiro', /arquivo de (?:configuração|texto|log)/iu],
    ['pasta', /diretório|diretoria/iu],
    ['equipa de rede', /equipe|equipa de redes/iu],
    ['servidores de treino', /servidores de prática/iu],
    ['the third person', /\b(?:você|teu|tua|teus|tuas|contigo)\b/iu],
  ])('says %s in every text', (_, others) => {
    expect(Object.entries(pt).filter(([, text]) => others.test(text))).toEqual([]);
  });
});

// Every help of a field: what it is, and why it matters. A dot within a version or an address ends no sentence.
describe.each([
  ['en', en],
  ['pt', pt],
])('the help of the fields in %s', (_, texts) => {
  const helps = Object.entries(texts).filter(([code]) => /^window\.(?:servers|redis)\..*\.help(?:NoUser)?$/u.test(code));
  const sentences = (text: string): readonly string[] => text.split(/(?<=[.!?])\s+(?=\p{Lu}|\{\{)/u);

  it('is of two sentences each', () => {
    expect(helps.length).toBeGreaterThan(25);
    expect(helps.filter(([, text]) => sentences(text).length !== 2 || !text.endsWith('.'))).toEqual([]);
  });
});

it('both languages name the files in which licences lie', () => {
  for (const file of ['LICENSE.electron.txt', 'LICENSES.chromium.html', 'resources/redis'])
    for (const texts of [en, pt]) expect(texts['window.about.otherLicences']).toContain(file);
});

it.each(['en', 'pt'])('no room of %s gives a code that another one gives', (folder) => {
  const files = readdirSync(join(import.meta.dirname, folder)).filter((file) => !file.endsWith('.test.ts'));
  const codes = files.flatMap((file) =>
    [...readFileSync(join(import.meta.dirname, folder, file), 'utf8').matchAll(/^ {2}(?:'([\w.]+)'|internal):/gmu)].map(
      (match) => match[0],
    ),
  );
  expect(codes.length).toBeGreaterThanOrEqual(Object.keys(pt).length);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

describe('the current language', () => {
  registerLanguage('pt', pt);
  const nothing = { code: 'cli.nothingToDo', values: {} };
  afterEach(() => {
    setLanguage('en');
  });

  it('is English until another one is set', () => {
    expect(currentLanguage()).toBe('en');
    expect(say(nothing)).toBe(en['cli.nothingToDo']);
  });

  it('is the one that was set', () => {
    setLanguage('pt');
    expect(currentLanguage()).toBe('pt');
    expect(say(nothing)).toBe(pt['cli.nothingToDo']);
  });

  it('gives way to a language that is named', () => {
    expect(sayIn('pt', nothing)).toBe(pt['cli.nothingToDo']);
    setLanguage('pt');
    expect(sayIn('en', nothing)).toBe(en['cli.nothingToDo']);
  });

  it('decides the decimal sign of numbers and amounts, and of nothing else', () => {
    const reason = { code: 'failover.reason.slower', values: { outage: 8.1, to: 7 } };
    expect(sayIn('en', reason)).toContain('8.1 s');
    expect(sayIn('pt', reason)).toContain('8,1 s');
    const swap = (value: string): string => sayIn('pt', { code: 'check.server.swap.observed', values: { swap: value } });
    expect(['7.6 GB', '512 MB', '7.0.15', '6.1', '10.0.0.1 on eth0'].map(swap)).toEqual([
      '7,6 GB',
      '512 MB',
      '7.0.15',
      '6.1',
      '10.0.0.1 on eth0',
    ]);
  });

  it('does not matter for what is written to the servers', () => {
    const line = { code: 'change.readme.replica', values: { port: 7001, bus: 17001, master: 'server-1:7000' } };
    expect(sayIn('pt', line)).toBe(sayIn('en', line));
  });

  it('comes back after something was done in another one, even if that failed', () => {
    expect(inLanguage('pt', () => say(nothing))).toBe(pt['cli.nothingToDo']);
    expect(currentLanguage()).toBe('en');
    expect(() =>
      inLanguage('pt', () => {
        throw new Error('broken');
      }),
    ).toThrow('broken');
    expect(currentLanguage()).toBe('en');
  });
});
