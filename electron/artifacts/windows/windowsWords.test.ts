import { describe, expect, test } from 'vitest';
import { changeWords } from '../../shared/messages/changeWords.ts';
import { beforeFile, beforeInstall } from '../beforeRecord.ts';
import { planChanges } from '../planChanges.ts';
import { planRemoval } from '../removal.ts';
import { freshWindowsFacts, installedWindowsFacts, sampleWindowsBlueprint } from '../testing/sampleWindows.ts';

const blueprint = sampleWindowsBlueprint();
const installed = installedWindowsFacts(blueprint, beforeFile(blueprint.beforePath, beforeInstall(blueprint, freshWindowsFacts())).content);
const install = planChanges(blueprint, freshWindowsFacts());
const removal = planRemoval(blueprint, installed, { deleteData: true });
const node = String.raw`C:\Triad\nodes\sessions\7000`;
const settings = String.raw`C:\Triad\nodes\sessions\settings\7000`;

/** The words about one change of the installation. */
function wordsAbout(id: string): ReturnType<typeof changeWords> {
  const found = install.find((change) => change.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${install.map((change) => change.id).join(', ')}`);
  return changeWords(found);
}

describe('changes of a Windows server in words', () => {
  test.each([...install, ...removal].map((change) => [change.id, change] as const))('%s has nothing of Linux', (_, change) => {
    const { title, detail, undo, commands } = changeWords(change);
    expect([title, detail, ...undo, ...commands].join('\n')).not.toMatch(
      /\broot\b|systemctl|systemd|sudo|\bmode 0|\brm |\bmv |owner and mode|\/etc|\/opt/u,
    );
  });

  test.each([
    [String.raw`folder:C:\Triad`, 'everybody who logs in may read it', [String.raw`rmdir C:\Triad`]],
    [`folder:${node}`, String.raw`NT SERVICE\triad-sessions-7000 may write it`, [`rmdir ${node}`]],
  ])('%s: who may use it, and what takes it back', (id, access, undo) => {
    expect(wordsAbout(id)).toMatchObject({ detail: access, undo, isUndoCommand: true });
  });

  test('the settings of a node are read by its service alone', () => {
    expect(wordsAbout(String.raw`file:${settings}\auth.conf`)).toMatchObject({
      detail: String.raw`Password of the cluster, read by node server-1:7000 (NT SERVICE\triad-sessions-7000 may read it)`,
      undo: [String.raw`del ${settings}\auth.conf`],
    });
  });

  test('a service is registered, and taken away by the full name of a program that PowerShell has a word of its own for', () => {
    expect(wordsAbout('service:triad-sessions-7000:enableAndStart')).toMatchObject({
      title: 'Register the service triad-sessions-7000, started at boot, and start it',
      detail: String.raw`as ${settings}\service.ini says`,
      undo: ['sc.exe stop triad-sessions-7000', 'sc.exe delete triad-sessions-7000'],
    });
  });

  test('firewall rules come with their commands and undo', () => {
    const { title, commands, undo } = wordsAbout(install.find(({ kind }) => kind === 'firewall')?.id ?? 'rule');
    expect(title).toBe('Change the rules of Windows Firewall');
    expect(commands.every((line) => line.startsWith('netsh.exe advfirewall firewall '))).toBe(true);
    expect(undo).toEqual([expect.stringContaining('netsh.exe advfirewall firewall delete rule name=triad:sessions:')]);
  });

  test('an exclusion comes with the command of Defender that makes it, and the one that takes it back', () => {
    const path = String.raw`C:\Triad\nodes\o'neill`;
    const change = { kind: 'defender', id: `defender:${path}`, path } as const;
    const [add, remove] = ['Add', 'Remove'].map((verb) => String.raw`${verb}-MpPreference -ExclusionPath 'C:\Triad\nodes\o''neill'`);
    expect(changeWords({ ...change, action: 'exclude' })).toMatchObject({ commands: [add], undo: [remove], isUndoCommand: true });
    expect(changeWords({ ...change, action: 'include' })).toMatchObject({ commands: [remove], undo: [add], isUndoCommand: true });
  });

  test('a replaced file comes back from the one that is kept beside it', () => {
    const path = String.raw`C:\Triad\nodes\sessions\7000\redis.conf`;
    const found = install.find((change) => change.kind === 'file' && change.path === path);
    if (found?.kind !== 'file') throw new Error('no settings of the node');
    expect(changeWords({ ...found, action: 'replace', diff: '' }).undo).toEqual([`move /y ${path}.triad-before ${path}`]);
    expect(changeWords({ ...found, action: 'permissions' })).toMatchObject({
      title: `Set who may do what with the file ${path}`,
      isUndoCommand: false,
    });
  });
});
