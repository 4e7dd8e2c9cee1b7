import { markPathOf, renderMark } from '../../shared/domain/maintenanceMark.ts';
import { fail } from '../../shared/domain/failure.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { exampleContext, exampleFacts, examplePlan, foreignFile, threeServers } from './exampleFacts.ts';
import type { ServerRow } from './serverRow.ts';

const path = markPathOf(examplePlan(), 'server-1');
const mark = renderMark({
  schemaVersion: 1,
  cluster: 'sessions',
  server: 'server-2',
  runId: '20260314T220500000Z-maintenanceBegin',
  by: 'ana@ops-laptop',
  at: '2026-03-14T22:05:00.000Z',
});
const [first, second, third] = threeServers();
const withMark = (content: string): Partial<ServerFacts> => ({
  paths: [...exampleFacts('server-1').paths.filter((found) => found.path !== path), foreignFile(path, content)],
});

/** Rows about the marks of a maintenance. */
export const MAINTENANCE_ROWS: readonly ServerRow[] = [
  { check: 'maintenance', name: 'none', verdict: 'pass', says: 'observed' },
  {
    check: 'maintenance',
    name: 'of a server, told by a peer',
    facts: withMark(mark),
    verdict: 'warn',
    says: 'marked marked.remedy',
    naming: ['server-2', 'ana@ops-laptop', '2026-03-14T22:05', 'maintenance end --server server-2'],
  },
  {
    check: 'maintenance',
    name: 'of a server that is away, told by the others',
    all: [first, second, third].flatMap((facts) =>
      facts === undefined || facts.server === 'server-2' ? [] : [{ ...facts, ...withMark(mark), server: facts.server }],
    ),
    context: exampleContext({ unobserved: new Map([['server-2', fail('ssh.timedOut', serverSubject('server-2')).failure]]) }),
    verdict: 'warn',
    says: 'away marked.remedy',
    naming: ['server-2'],
  },
  {
    check: 'maintenance',
    name: 'another file in its place',
    facts: withMark('by hand'),
    verdict: 'warn',
    says: 'unreadable unreadable.remedy',
    naming: ['server-1', path],
  },
  {
    check: 'maintenance',
    name: 'not looked at',
    all: threeServers().map((facts) => ({ ...facts, paths: [] })),
    verdict: 'unknown',
    says: 'unknown unread',
  },
];
