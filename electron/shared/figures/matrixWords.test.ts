import { describe, expect, it } from 'vitest';
import type { MatrixCell, Reach } from '../domain/matrix.ts';
import { describeMatrix } from './matrixWords.ts';

const servers = ['server-1', 'server-2', 'server-3'];
const ports = [7000, 7001, 17_000, 17_001];

function matrix(reachOf: (from: string, to: string, port: number) => Reach, hasAdmin = true) {
  const cell = (from: string, to: string, port: number): MatrixCell => ({
    from,
    to,
    port,
    reach: reachOf(from, to, port),
    durationMs: 1,
    evidence: '',
  });
  const from = hasAdmin ? [...servers, 'admin'] : servers;
  return {
    servers,
    ports,
    cells: from.flatMap((one) => servers.filter((to) => to !== one).flatMap((to) => ports.map((port) => cell(one, to, port)))),
  };
}

const textsOf = (reachOf: Parameters<typeof matrix>[0]): readonly string[] =>
  describeMatrix(matrix(reachOf, false)).findings.map((finding) => finding.text);

describe('describeMatrix', () => {
  it('counts the ways between servers and leaves this machine out', () => {
    const words = describeMatrix(matrix(() => 'open'));
    expect(words).toMatchObject({ ways: 24, openWays: 24, summary: 'All 24 ways between the servers are open.' });
    expect(words.findings.at(-1)).toEqual({ verdict: 'pass', text: 'This machine reaches every data port directly.' });
  });

  it('names a single closed way', () => {
    const words = describeMatrix(
      matrix((from, to, port) => (from === 'server-2' && to === 'server-3' && port === 17_000 ? 'filtered' : 'open'), false),
    );
    expect(words.summary).toBe('23 of 24 ways between the servers are open. One is closed.');
    expect(words.findings).toEqual([{ verdict: 'fail', text: 'server-2 → server-3:17000 is filtered.' }]);
  });

  it('says a whole column once: a port that a server receives nothing on', () => {
    expect(textsOf((_, to, port) => (to === 'server-2' && port === 17_001 ? 'filtered' : 'open'))).toEqual([
      'server-2 receives nothing on 17001 (filtered).',
    ]);
  });

  it('says a whole row once: a port on which a server reaches nobody', () => {
    expect(textsOf((from, _, port) => (from === 'server-1' && port === 17_000 ? 'refused' : 'open'))).toEqual([
      'server-1 reaches no other server on 17000 (refused).',
    ]);
  });

  it('says the widest failure, with every way in which it fails, and not its parts', () => {
    expect(textsOf((_, to, port) => (to === 'server-3' ? (port === 7000 ? 'refused' : 'filtered') : 'open'))).toEqual([
      'server-3 receives nothing from the other servers (refused, filtered).',
    ]);
    expect(textsOf((from) => (from === 'server-3' ? 'unreachable' : 'open'))).toEqual(['server-3 reaches no other server (unreachable).']);
  });

  it('keeps what could not be tried apart from what is closed', () => {
    expect(
      describeMatrix(matrix((from, to) => (from === 'server-1' && to === 'server-2' ? 'unknown' : 'open'), false)).findings[0]?.verdict,
    ).toBe('unknown');
  });

  it('does not call closed ports of this machine a fault, but warns of open bus ports', () => {
    const closed = describeMatrix(matrix((from) => (from === 'admin' ? 'filtered' : 'open'))).findings;
    expect(closed).toEqual([{ verdict: 'skipped', text: 'This machine reaches no data port directly; Triad goes through SSH.' }]);
    const busClosed = describeMatrix(matrix((from, _, port) => (from === 'admin' && port > 17_000 - 1 ? 'filtered' : 'open'))).findings;
    expect(busClosed).toEqual([{ verdict: 'pass', text: 'This machine reaches every data port directly.' }]);
    const [open] = describeMatrix(matrix(() => 'open')).findings;
    expect(open?.verdict).toBe('warn');
    expect(open?.text).toMatch(/reaches bus ports/u);
  });
});
