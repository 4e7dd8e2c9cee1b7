import { expect, test } from 'vitest';
import { adminSubject, nodeSubject, serverSubject } from '../domain/subject.ts';
import { inLanguage, registerLanguage } from './message.ts';
import { pt } from './pt/index.ts';
import { saySubject } from './subjectWords.ts';

const way = { kind: 'pair', from: 'admin', to: 'server-1', port: 7000 } as const;

test('the machine that runs Triad is this computer, in the language of the reader', () => {
  registerLanguage('pt', pt);
  expect(saySubject(way)).toBe('this computer → server-1:7000');
  expect(saySubject(adminSubject)).toBe('this computer');
  expect(inLanguage('pt', () => saySubject(way))).toBe('este computador → server-1:7000');
});

test('servers and nodes keep their names', () => {
  expect(saySubject({ ...way, from: 'server-2' })).toBe('server-2 → server-1:7000');
  expect(saySubject(serverSubject('server-3'))).toBe('server-3');
  expect(saySubject(nodeSubject('server-3', 7001))).toBe('server-3:7001');
});
