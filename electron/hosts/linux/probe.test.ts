import { expect, test } from 'vitest';
import { readProbes } from './probe.ts';

const target = (port: number, nonce: string | null = `w${port}`) => ({ to: 'server-2', address: '10.0.0.2', port, nonce });

test('each target gets the cell of its block, whatever the order, or unknown', () => {
  const output = [
    'TRIAD-PROBE 1 0\nprobe: connect: Connection refused\nprobe: line 5: /dev/tcp/10.0.0.2/7001: Connection refused\nfailed 1\nTRIAD-END',
    'TRIAD-PROBE 0 0\nconnected 12\nw7000\nTRIAD-END',
    'TRIAD-PROBE 2 124\n\nTRIAD-END',
    'TRIAD-PROBE 4 124\nconnected 3\nTRIAD-END',
    'TRIAD-PROBE 6 0\nconnected 0\nTRIAD-END',
  ].join('\n');
  const targets = [target(7000), target(7001), target(7002), target(7003), target(7004), target(9000, null), target(19_000, null)];
  expect(readProbes(output, 'server-1', targets, 2000)).toEqual(
    [
      { port: 7000, reach: 'open', durationMs: 12, evidence: 'w7000' },
      { port: 7001, reach: 'refused', durationMs: 1, evidence: 'Connection refused' },
      { port: 7002, reach: 'filtered', durationMs: 2000, evidence: '' },
      { port: 7003, reach: 'unknown', durationMs: 0, evidence: 'bash: not found' },
      { port: 7004, reach: 'intercepted', durationMs: 3, evidence: '' },
      { port: 9000, reach: 'unknown', durationMs: 0, evidence: 'bash: not found' },
      { port: 19_000, reach: 'open', durationMs: 0, evidence: '' },
    ].map((cell) => ({ from: 'server-1', to: 'server-2', ...cell })),
  );
});
