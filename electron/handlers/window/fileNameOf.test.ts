import { expect, test } from 'vitest';
import { fileNameOf } from './fileNameOf.ts';

const run = { cluster: 'sessions', startedAt: '2026-03-14T22:05:12.345Z', workflow: 'failoverTest' } as const;

test('a proposed name has the time of the run where the admin is', () => {
  expect(fileNameOf(run, 'html', 'Europe/Lisbon')).toBe('triad-sessions-2026-03-14-220512-failoverTest.html');
  expect(fileNameOf(run, 'pdf', 'Asia/Tokyo')).toBe('triad-sessions-2026-03-15-070512-failoverTest.pdf');
});

test('two runs of one day have two names', () => {
  expect(fileNameOf({ ...run, startedAt: '2026-03-14T22:05:13.000Z' }, 'html', 'UTC')).not.toBe(fileNameOf(run, 'html', 'UTC'));
});

test('no file system minds it', () => {
  for (const startedAt of [run.startedAt, '2026-12-31T23:59:59.999Z'])
    expect(fileNameOf({ ...run, startedAt }, 'json', 'America/Sao_Paulo')).toMatch(/^[a-zA-Z0-9.-]{1,120}$/u);
});
