import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../shared/domain/fault.ts';
import { faultScripts } from './faultScripts.ts';

const run = promisify(execFile);
const common = { cluster: 'web-sessions', services: ['a.service', 'b.service'], healAfterSeconds: 77 };
const cut = (more: Partial<Extract<Fault, { kind: 'cut' }>> = {}): Fault => ({
  ...common,
  kind: 'cut',
  direction: 'both',
  peers: ['10.0.0.2', '10.0.0.3'],
  ports: [7000, 7001, 17_000, 17_001],
  ...more,
});
const faults: readonly Fault[] = [
  { ...common, kind: 'killed' },
  { ...common, kind: 'restarted' },
  { ...common, kind: 'frozen' },
  cut(),
  cut({ direction: 'in' }),
  cut({ direction: 'out', peers: ['fd00::2', 'fd00::3'] }),
];

it.each(faults)('$kind $direction: a shell understands every script, and the undo stands before the fault', async (fault) => {
  const { prepare, inject, heal } = faultScripts(fault);
  for (const script of [prepare, inject, heal]) await run('/bin/sh', ['-n', '-c', script]);
  // What an earlier run prepared and left is taken back by its own undo before that is overwritten.
  expect(prepare.indexOf('|| /bin/sh /run/triad-heal-web-sessions.sh')).toBeLessThan(
    prepare.indexOf('cat >/run/triad-heal-web-sessions.sh'),
  );
  expect(prepare).toMatch(/^set -e\n\[ ! -e \S+ \] \|\| \/bin\/sh /u);
  expect(prepare).toContain('systemd-run --quiet --unit=triad-heal-web-sessions --on-active=77');
  expect(prepare).toContain("'[ ! -e /run/triad-heal-web-sessions.sh ] || exec /bin/sh /run/triad-heal-web-sessions.sh'");
  // The undo lies in the file before the timer is set, whatever the fault.
  expect(prepare.indexOf('cat >/run/triad-heal-web-sessions.sh')).toBeLessThan(prepare.indexOf('systemd-run'));
  expect(prepare).toContain('systemctl start a.service b.service\ncode=$?');
  expect(heal).toContain('systemctl is-active --quiet a.service b.service');
});

it.each(faults)('$kind $direction: nothing is done where the undo has been used already', async (fault) => {
  await expect(run('/bin/sh', ['-c', faultScripts(fault).inject])).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'the undo has been used already: nothing is done\n',
  });
});

describe('kept down or not', () => {
  it('a killed service is kept down, a restarted one is left to its manager', () => {
    expect(faultScripts({ ...common, kind: 'killed' }).prepare).toContain('Restart=no');
    const { prepare, inject } = faultScripts({ ...common, kind: 'restarted' });
    expect(prepare).not.toContain('Restart=no');
    expect(inject).toContain('kill -KILL');
  });
});

describe('a cut', () => {
  it('drops what comes from the peers and what goes to them, on our ports alone', () => {
    const { inject } = faultScripts(cut());
    expect(inject).toContain('table inet triad_fault_web_sessions');
    for (const part of [
      'ip saddr { 10.0.0.2, 10.0.0.3 } tcp dport { 7000, 7001, 17000, 17001 } drop',
      'ip daddr { 10.0.0.2, 10.0.0.3 } tcp sport',
    ])
      expect(inject).toContain(part);
  });

  it.each([
    ['in', 'saddr', 'daddr', 'INPUT -s', 'OUTPUT -d'],
    ['out', 'daddr', 'saddr', 'OUTPUT -d', 'INPUT -s'],
  ] as const)('one way %s: the other stays as it is', (direction, dropped, kept, rule, keptRule) => {
    const { inject } = faultScripts(cut({ direction }));
    expect(inject).toContain(`ip ${dropped} `);
    expect(inject).not.toContain(`ip ${kept} `);
    expect(inject).toContain(`-I ${rule} 10.0.0.2`);
    expect(inject).not.toContain(`-I ${keptRule} 10.0.0.2`);
  });

  it('IPv6: by the words of that family', () => {
    const { inject, prepare } = faultScripts(cut({ peers: ['fd00::2', 'fd00::3'] }));
    expect(inject).toContain('ip6 saddr { fd00::2, fd00::3 }');
    expect(inject).toContain('ip6tables -w -I INPUT -s fd00::2');
    expect(prepare).toContain('ip6tables -w -D OUTPUT -d fd00::3');
  });

  it('is taken back by its own name, so that no rule of anybody else is touched', () => {
    expect(faultScripts(cut()).prepare).toContain('nft delete table inet triad_fault_web_sessions 2>/dev/null');
  });
});
