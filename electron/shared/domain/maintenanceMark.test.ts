import { expect, test } from 'vitest';
import { maintenanceOf, markPathOf, parseMark, renderMark, type MaintenanceMark } from './maintenanceMark.ts';

const mark: MaintenanceMark = {
  schemaVersion: 1,
  cluster: 'sessions',
  server: 'server-1',
  runId: 'r-1',
  by: 'ana@laptop',
  at: '2026-03-14T22:05:00.000Z',
};
const path = '/opt/triad/sessions/maintenance.json';
const place = { install: '/opt/triad/sessions' };
const plan = { cluster: 'sessions', servers: [], folders: place } as unknown as Parameters<typeof maintenanceOf>[1];
const file = (content: string | null): Parameters<typeof maintenanceOf>[0][number]['paths'][number] => ({
  path,
  kind: content === null ? 'absent' : 'file',
  mode: 0o644,
  owner: 'root',
  group: 'root',
  sizeBytes: 0,
  sha256: null,
  content,
});
const on = (server: string, content: string | null): Parameters<typeof maintenanceOf>[0][number] => ({ server, paths: [file(content)] });

test('a mark is read as it was written', () => {
  expect(parseMark(renderMark(mark), 'sessions')).toEqual(mark);
});

test.each([
  ['no JSON', 'by hand'],
  ['cut off', renderMark(mark).slice(0, 40)],
  ['of another cluster', renderMark({ ...mark, cluster: 'other' })],
  ['of another form', JSON.stringify({ ...mark, schemaVersion: 2 })],
])('a file that is %s is no mark', (_name, text) => {
  expect(parseMark(text, 'sessions')).toBeNull();
});

test('one mark on three servers is one maintenance, and one server that tells of it is enough', () => {
  const text = renderMark(mark);
  expect(maintenanceOf([on('server-1', text), on('server-2', text), on('server-3', text)], plan).marks).toEqual([mark]);
  expect(maintenanceOf([on('server-2', null), on('server-3', text)], plan)).toEqual({ marks: [mark], unreadableOn: [] });
});

test('of two marks for a server the earlier one counts, and what cannot be read is named', () => {
  const later = { ...mark, runId: 'r-2', at: '2026-03-15T08:00:00.000Z' };
  const found = maintenanceOf([on('server-1', renderMark(later)), on('server-2', renderMark(mark)), on('server-3', '?')], plan);
  expect(found).toEqual({ marks: [mark], unreadableOn: ['server-3'] });
});

test('a server whose place of the mark was not looked at says nothing', () => {
  expect(maintenanceOf([{ server: 'server-1', paths: [] }], plan)).toEqual({ marks: [], unreadableOn: [] });
});

test('on a Windows server the mark lies in the folder of the cluster there, also beside Linux servers', () => {
  const servers = [
    { name: 'server-1', platform: 'linux' },
    { name: 'server-2', platform: 'windows' },
  ];
  const mixed = { ...plan, servers, windows: { folders: { install: 'C:\\Triad\\nodes\\sessions' } } } as unknown as typeof plan;
  expect(['server-1', 'server-2'].map((server) => markPathOf(mixed, server))).toEqual([
    path,
    'C:\\Triad\\nodes\\sessions\\maintenance.json',
  ]);
  const found = { ...file(renderMark(mark)), path: markPathOf(mixed, 'server-2') };
  expect(maintenanceOf([on('server-1', null), { server: 'server-2', paths: [found] }], mixed).marks).toEqual([mark]);
});
