import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { floorScript } from './measureFloor.ts';

it('unpacks both programs, starts the server twice and asks until it answers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-floor-'));
  try {
    // The server writes down what it was started with; the client answers only for a port whose server has done so.
    const server = gzipSync('#!/bin/sh\necho "$@" > "$2/started"\n');
    const client = gzipSync('#!/bin/sh\n[ -s "$2/started" ] && echo PONG\n');
    const script = floorScript([
      { name: 'server', sizeBytes: server.length },
      { name: 'client', sizeBytes: client.length },
    ]);
    const run = spawnSync('sh', ['-c', script], { cwd: folder, input: Buffer.concat([server, client]), timeout: 30_000, encoding: 'utf8' });
    expect({ status: run.status, stdout: run.stdout, stderr: run.stderr }).toEqual({ status: 0, stdout: 'PONG\nPONG\n', stderr: '' });
    const [made = ''] = readdirSync(folder);
    expect(existsSync(join(folder, made, '7001', 'started'))).toBe(true);
    expect(readFileSync(join(folder, made, '7000', 'started'), 'utf8')).toContain('--port 7000 --cluster-enabled yes --appendonly yes');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
