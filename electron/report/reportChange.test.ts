import { describe, expect, it } from 'vitest';
import type { Change } from '../shared/domain/change.ts';
import { reportChange } from './reportChange.ts';
import { said } from './testing/sampleParts.ts';

const file = {
  kind: 'file',
  owner: 'root',
  group: 'root',
  mode: 0o640,
  content: 'text',
  holdsSecret: false,
  diff: null,
  purpose: said('settings'),
} as const;

const changes: readonly (readonly [Change, string, readonly string[], boolean])[] = [
  [{ kind: 'user', id: 'u', user: 'triad-redis' }, 'Create the system user triad-redis', ['userdel triad-redis'], true],
  [
    { kind: 'folder', id: 'd', path: '/opt/triad', owner: 'root', group: 'root', mode: 0o755, exists: false },
    'Create the folder /opt/triad',
    ['rmdir /opt/triad'],
    true,
  ],
  [
    { kind: 'folder', id: 'd', path: '/opt/triad', owner: 'root', group: 'root', mode: 0o755, exists: true },
    'Set owner and mode of the folder /opt/triad',
    ['Owner and mode before are not kept; the folder belongs to Triad.'],
    false,
  ],
  [
    { kind: 'binary', id: 'b', path: '/opt/triad/redis-server', mode: 0o755, sha256: 'ab', sizeBytes: 1024 },
    'Install the program /opt/triad/redis-server',
    ['rm /opt/triad/redis-server'],
    true,
  ],
  [{ ...file, id: 'f', path: '/etc/a b', action: 'create' }, 'Write the file /etc/a b', ["rm '/etc/a b'"], true],
  [
    { ...file, id: 'f', path: '/etc/x', action: 'replace', diff: '-a\n+b\n' },
    'Replace the file /etc/x',
    ['mv /etc/x.triad-before /etc/x'],
    true,
  ],
  [
    { ...file, id: 'f', path: '/etc/x', action: 'permissions' },
    'Set owner and mode of the file /etc/x',
    ['Owner and mode before are not kept; the file belongs to Triad.'],
    false,
  ],
  [
    { kind: 'kernel', id: 'k', setting: 'vm.overcommit_memory', path: '/proc/sys/vm/overcommit_memory', before: '0', after: '1' },
    'Set vm.overcommit_memory to 1',
    ['echo 0 > /proc/sys/vm/overcommit_memory'],
    true,
  ],
  [
    { kind: 'firewall', id: 'w', tool: 'ufw', commands: ['ufw allow 7000'], undo: ['ufw delete allow 7000'], summary: said('peers') },
    'Open the firewall (ufw)',
    ['ufw delete allow 7000'],
    true,
  ],
  [
    { kind: 'service', id: 's', unit: 'a.service', action: 'enableAndStart' },
    'Enable a.service at boot and start it',
    ['systemctl disable --now a.service'],
    true,
  ],
  [{ kind: 'service', id: 's', unit: 'a.service', action: 'restart' }, 'Restart a.service', ['A restart has no undo.'], false],
  [
    { kind: 'folder', id: 'd', path: 'C:\\Triad\\nodes', owner: 'Administrators', group: 'Administrators', mode: 0o755, exists: false },
    'Create the folder C:\\Triad\\nodes',
    ['rmdir C:\\Triad\\nodes'],
    true,
  ],
  [
    { kind: 'binary', id: 'b', path: 'C:\\Triad\\redis server.exe', mode: 0o755, sha256: 'ab', sizeBytes: 1024 },
    'Install the program C:\\Triad\\redis server.exe',
    ['del "C:\\Triad\\redis server.exe"'],
    true,
  ],
  [
    { ...file, id: 'f', path: 'C:\\Triad\\x.conf', action: 'replace' },
    'Replace the file C:\\Triad\\x.conf',
    ['move /y C:\\Triad\\x.conf.triad-before C:\\Triad\\x.conf'],
    true,
  ],
  [
    { ...file, id: 'f', path: 'C:\\Triad\\x.conf', action: 'permissions' },
    'Set who may do what with the file C:\\Triad\\x.conf',
    ['Who could do what before is not kept; the file belongs to Triad.'],
    false,
  ],
  [
    { kind: 'service', id: 's', unit: 'triad-sessions-7000', action: 'enableAndStart' },
    'Register the service triad-sessions-7000, started at boot, and start it',
    ['sc.exe stop triad-sessions-7000', 'sc.exe delete triad-sessions-7000'],
    true,
  ],
  [
    { kind: 'removeFolder', id: 'r', path: '/var/x', withContents: true },
    'Remove the folder /var/x with all that is in it',
    ['There is no way back.'],
    false,
  ],
];

describe('a change in words', () => {
  it.each(changes)('%o', (change, title, undo, isUndoCommand) => {
    expect(reportChange(change, null)).toMatchObject({ title, undo, isUndoCommand, outcome: 'planned', phase: null });
  });

  it.each([
    ['Administrators', 'Administrators', 0o700, 'administrators only'],
    ['Administrators', 'Administrators', 0o755, 'everybody who logs in may read it'],
    ['Administrators', 'NT SERVICE\\triad-sessions-7000', 0o640, 'NT SERVICE\\triad-sessions-7000 may read it'],
    ['NT SERVICE\\triad-sessions-7000', 'NT SERVICE\\triad-sessions-7000', 0o750, 'NT SERVICE\\triad-sessions-7000 may write it'],
  ])('says of %s:%s %o on a Windows server who may do what', (owner, group, mode, words) => {
    const change: Change = { kind: 'folder', id: 'd', path: 'C:\\Triad', owner, group, mode, exists: false };
    expect(reportChange(change, null).detail).toBe(words);
  });

  it('keeps the content of a file, its diff and the commands of a firewall', () => {
    expect(reportChange({ ...file, id: 'f', path: '/etc/x', action: 'replace', diff: '-a' }, null)).toMatchObject({
      content: 'text',
      diff: '-a',
    });
    expect(
      reportChange({ kind: 'firewall', id: 'w', tool: 'ufw', commands: ['ufw allow 7000'], undo: [], summary: said('peers') }, null)
        .commands,
    ).toEqual(['ufw allow 7000']);
  });

  it('says what became of it', () => {
    const done = { phase: 'Write settings', outcome: { id: 'u', outcome: 'refused', evidence: 'read-only' } } as const;
    expect(reportChange({ kind: 'user', id: 'u', user: 'x' }, done)).toMatchObject({
      outcome: 'refused',
      evidence: 'read-only',
      phase: 'Write settings',
    });
  });
});
