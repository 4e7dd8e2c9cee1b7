import { describe, expect, it } from 'vitest';
import { sampleChanges } from '../../report/testing/sampleParts.ts';
import { samplePlan } from '../../report/testing/sampleRecord.ts';
import type { Change } from './change.ts';
import { actionOf, byKind, countActions } from './changeAction.ts';

const changes = sampleChanges(samplePlan(), 'server-1');

describe('what changes do', () => {
  it('counts every change once', () => {
    const counts = countActions(changes);
    expect(counts.added + counts.changed + counts.removed).toBe(changes.length);
    // A file that is replaced and two kernel settings.
    expect(counts.changed).toBe(3);
    expect(counts.removed).toBe(0);
  });

  it('puts every change into one kind, services first', () => {
    const groups = byKind(changes);
    expect(groups.map(({ kind }) => kind)).toEqual(['services', 'firewall', 'files', 'programs', 'folders', 'system']);
    expect(groups.flatMap((group) => group.changes)).toHaveLength(changes.length);
  });

  it('knows a rule that is withdrawn, and a folder that is there', () => {
    const withdrawal: Change = {
      kind: 'firewall',
      id: 'f',
      tool: 'ufw',
      commands: [],
      undo: [],
      summary: { code: 'change.firewall.withdraw', values: { rules: '' } },
    };
    expect(actionOf(withdrawal)).toBe('removed');
    expect(actionOf({ kind: 'folder', id: 'd', path: '/opt', owner: 'root', group: 'root', mode: 0o755, exists: true })).toBe('changed');
    expect(actionOf({ kind: 'disableService', id: 's', unit: 'a.service' })).toBe('removed');
  });
});
