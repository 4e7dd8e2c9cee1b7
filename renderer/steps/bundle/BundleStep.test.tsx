import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { sampleFailedCheck, sampleInstall } from '../../../electron/report/testing/sampleRecord.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { comparedBundle, inspectedBundle, takenBundle, writtenBundle, writtenFolder } from '../../app/testing/scenes/afterSamples.ts';
import { filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { forgetRuns } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { BundleStep } from './BundleStep.tsx';

const show = async (prepare: (core: FakeCore) => void = () => undefined): Promise<ShownStep> => {
  const draft = filledDraft(1, { reached: 'report' });
  return showStep(BundleStep, 'bundle', draft, (core) => {
    core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
    prepare(core);
  });
};
beforeEach(forgetRuns);

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const inputs = (core: FakeCore, procedure: string): readonly unknown[] =>
  core.calls.filter(({ name }) => name === procedure).map(({ input }) => input);

/** A validation that ended as a record did; its journal is there at once. */
function validated(core: FakeCore, record = sampleInstall()): void {
  core.answer('runs.start', ({ draft }) => {
    const runId = `validation-${core.runs.size}`;
    core.addRecord(draft, { ...record, workflow: 'validate', runId });
    return { runId };
  });
}

describe('the export', () => {
  it('says what is in it and that no secret is, validates first, and only then asks where to', async () => {
    const { core, user } = await show((fresh) => fresh.answer('bundles.export', () => writtenBundle));
    expect(screen.getByText(/^No password, key or passphrase is in it\. Whoever/u)).toBeTruthy();
    await user.click(button('Validate and export'));
    await waitFor(() => expect(inputs(core, 'runs.start')).toMatchObject([{ workflow: 'validate' }]));
    expect(await screen.findByRole('button', { name: 'Validating' })).toBeTruthy();
    expect(inputs(core, 'bundles.export')).toEqual([]);
    const [run] = core.runs.values();
    act(() => {
      core.emit(
        run?.runId ?? '',
        {
          type: 'runStarted',
          runId: run?.runId ?? '',
          workflow: 'validate',
          cluster: 'sessions',
          triadVersion: '0',
          operator: 'ana',
          adminMachine: 'desk',
          specSha256: null,
          plan: sampleInstall().plan,
        },
        { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false },
      );
    });
    const told = await screen.findByRole('heading', { name: 'sessions.triad is written' });
    expect(told.parentElement?.textContent).toContain(writtenBundle.sha256);
    expect(inputs(core, 'bundles.export')).toMatchObject([{ passphrase: null, withPrograms: false }]);
    core.answer('bundles.openFolder', () => undefined);
    await user.click(button('Open the folder'));
    expect(inputs(core, 'bundles.openFolder')).toEqual([writtenBundle.file.id]);
  });

  it('seals only with a passphrase that is long enough and was given twice, and forgets it afterwards', async () => {
    const { core, user } = await show((fresh) => {
      validated(fresh);
      fresh.answer('bundles.export', () => ({ ...writtenBundle, isSealed: true, hasPrograms: true }));
    });
    await user.click(screen.getByRole('switch', { name: 'Seal the Redis password into it' }));
    await user.click(screen.getByRole('switch', { name: 'With the server programs' }));
    expect(button('Validate and export').getAttribute('aria-disabled')).toBe('true');
    await user.type(screen.getByLabelText('Passphrase'), 'short');
    expect(screen.getByText('Too short: 12 characters at least')).toBeTruthy();
    await user.type(screen.getByLabelText('Passphrase'), ' but longer');
    await user.type(screen.getByLabelText('The same passphrase again'), 'shorn');
    expect(screen.getByText('The two are not the same')).toBeTruthy();
    await user.click(button('Validate and export'));
    expect(inputs(core, 'runs.start')).toEqual([]);
    await user.clear(screen.getByLabelText('The same passphrase again'));
    await user.type(screen.getByLabelText('The same passphrase again'), 'short but longer');
    await user.click(button('Validate and export'));
    expect(await screen.findByText(/Hand the passphrase over by another way/u)).toBeTruthy();
    expect(inputs(core, 'bundles.export')).toMatchObject([{ passphrase: 'short but longer', withPrograms: true }]);
    expect(screen.getByLabelText('Passphrase')).toHaveProperty('value', '');
    expect(button('Validate and export').getAttribute('aria-disabled')).toBe('true');
  });

  it('keeps the validation when no place was chosen, and asks for one again without another', async () => {
    const { core, user } = await show((fresh) => {
      validated(fresh);
      fresh.answer('bundles.export', () => null);
    });
    await user.click(button('Validate and export'));
    expect(await screen.findByText(/^No place was chosen: nothing was written/u)).toBeTruthy();
    core.answer('bundles.export', () => writtenBundle);
    await user.click(button('Choose where to save it'));
    expect(await screen.findByRole('heading', { name: 'sessions.triad is written' })).toBeTruthy();
    expect(inputs(core, 'runs.start')).toHaveLength(1);
  });

  it('writes nothing where the validation did not come to its end, and says why', async () => {
    const { core, user } = await show((fresh) => {
      const failure = fail('ssh.timedOut', adminSubject, { values: { endpoint: '10.0.0.2:22', seconds: 15 } }).failure;
      validated(fresh, { ...sampleFailedCheck(), failure });
    });
    await user.click(button('Validate and export'));
    expect((await screen.findByRole('alert')).textContent).toContain('10.0.0.2:22');
    expect(screen.getByText(/so no bundle was written/u)).toBeTruthy();
    expect(inputs(core, 'bundles.export')).toEqual([]);
    expect(button('Validate and export').getAttribute('aria-disabled')).toBe('false');
  });

  it('says what to do in the words of the window where the export is refused', async () => {
    const { user } = await show((fresh) => {
      validated(fresh);
      fresh.answer('bundles.export', () => {
        throw fail('configBundle.nothingToSeal', adminSubject, { values: { cluster: 'sessions' } });
      });
    });
    await user.click(button('Validate and export'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('or export without it');
    expect(alert.textContent).not.toContain('--');
  });
});

describe('the folder for those who do without Triad', () => {
  const card = (): HTMLElement => screen.getByRole('region', { name: /^Without Triad/u });
  const write = async (user: ShownStep['user']): Promise<void> => user.click(button('Choose where to write it'));

  it('says what it will hold, writes the kind that was chosen without a run, tells where it is, and opens it', async () => {
    const { core, user } = await show((fresh) =>
      fresh.answer('bundles.exportPlain', ({ as }) => ({ ...writtenFolder, as, name: `sessions-${as}` })),
    );
    expect(within(card()).getByText(/^No password, key or passphrase is in it\. Its README/u)).toBeTruthy();
    expect(within(card()).getByText(/^The playbook, and an inventory/u)).toBeTruthy();
    await user.click(within(card()).getByRole('radio', { name: 'Shell scripts' }));
    expect(within(card()).queryByText(/^The playbook/u)).toBeNull();
    expect(within(card()).getByText(/^A script for each server/u)).toBeTruthy();
    await write(user);
    const told = (await within(card()).findByRole('status')).textContent;
    for (const words of ['sessions-shell is written', 'clusters', '52 files, 6.5 MiB', 'README.md']) expect(told).toContain(words);
    expect(inputs(core, 'bundles.exportPlain')).toMatchObject([{ as: 'shell' }]);
    expect(inputs(core, 'runs.start')).toEqual([]);
    core.answer('bundles.openFolder', () => undefined);
    await user.click(within(card()).getByRole('button', { name: 'Open the folder' }));
    expect(inputs(core, 'bundles.openFolder')).toEqual([writtenFolder.readme.id]);
    // The one action that the screen is for stays the export.
    expect(button('Validate and export').getAttribute('aria-disabled')).toBe('false');
    await user.click(within(card()).getByRole('radio', { name: 'Ansible playbook' }));
    expect(within(card()).queryByText(/is written/u)).toBeNull();
  });

  it('says that nothing was written: no place chosen, the same there already, or something else there', async () => {
    const { core, user } = await show((fresh) => fresh.answer('bundles.exportPlain', () => null));
    await write(user);
    expect(await within(card()).findByText('No place was chosen: nothing was written.')).toBeTruthy();
    core.answer('bundles.exportPlain', () => ({ ...writtenFolder, isNew: false }));
    await write(user);
    expect(await within(card()).findByText('sessions-ansible holds exactly this already: nothing was written')).toBeTruthy();
    core.answer('bundles.exportPlain', () => {
      throw fail('export.folderTaken', adminSubject, { values: { folder: '/home/ana/sessions-ansible', file: 'site.yml was changed' } });
    });
    await write(user);
    const alert = await within(card()).findByRole('alert');
    expect(alert.textContent).toContain('site.yml was changed');
    expect(alert.textContent).toContain('Choose another place for it');
    expect(within(card()).queryByText(/holds exactly this/u)).toBeNull();
  });

  it('is made of complete settings only', async () => {
    const { core, user } = await showStep(BundleStep, 'bundle', { ...filledDraft(1, { reached: 'report' }), name: '' });
    await write(user);
    expect(button('Choose where to write it').getAttribute('aria-disabled')).toBe('true');
    expect(within(card()).getByText('Something is missing in the steps Servers or Redis.')).toBeTruthy();
    expect(inputs(core, 'bundles.exportPlain')).toEqual([]);
  });
});

describe('a look into a bundle', () => {
  const inspect = async (prepare: (core: FakeCore) => void): Promise<ShownStep> => {
    const shown = await show(prepare);
    await shown.user.click(screen.getByRole('tab', { name: 'Look into a bundle' }));
    await shown.user.click(button('Choose a bundle'));
    return shown;
  };

  it('tells that it is whole and what is in it', async () => {
    await inspect((core) => core.answer('bundles.inspect', () => inspectedBundle));
    expect(await screen.findByText('Whole: every part is what its manifest says')).toBeTruthy();
    expect(screen.getByText('Sealed with a passphrase')).toBeTruthy();
    expect(screen.getByText(inspectedBundle.sha256)).toBeTruthy();
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(4);
    expect(button('6 nodes, as they were seen last')).toBeTruthy();
  });

  it('refuses a damaged one with the reason, and shows nothing of what was chosen before', async () => {
    const { core, user } = await inspect((fresh) => fresh.answer('bundles.inspect', () => inspectedBundle));
    await screen.findByText(inspectedBundle.sha256);
    core.answer('bundles.inspect', () => {
      throw fail('configBundle.damaged', adminSubject, { values: { file: 'other.triad', part: 'plan.json', reason: 'another hash' } });
    });
    await user.click(button('Choose another bundle'));
    expect((await screen.findByRole('alert')).textContent).toContain('plan.json: another hash');
    expect(screen.queryByText(inspectedBundle.sha256)).toBeNull();
  });

  it('compares it with this cluster, line by line, and calls other records of runs no difference', async () => {
    const { core, user } = await inspect((fresh) => {
      fresh.answer('bundles.inspect', () => inspectedBundle);
      fresh.answer('bundles.compare', () => comparedBundle);
    });
    await screen.findByText(inspectedBundle.sha256);
    await user.click(button('Compare with this cluster'));
    expect(await screen.findByText('3 parts differ')).toBeTruthy();
    expect(inputs(core, 'bundles.compare')).toMatchObject([{ file: inspectedBundle.file.id, with: 'cluster' }]);
    expect(screen.getByText('cluster-node-timeout 8000')).toBeTruthy();
    expect(screen.getByText(/records of runs are others.*: 2/u)).toBeTruthy();
    core.answer('bundles.compare', () => ({ ...comparedBundle, second: { kind: 'bundle', name: 'b.triad' }, differences: [] }));
    await user.click(button('Compare with another bundle'));
    expect(await screen.findByRole('heading', { name: 'sessions.triad and b.triad' })).toBeTruthy();
    expect(screen.getByText('They describe the same cluster.')).toBeTruthy();
  });
});

describe('a bundle that was opened', () => {
  it('tells what came and what is to be given, and opens the sealed password', async () => {
    const { core, user } = await show((fresh) => {
      fresh.secrets.clear();
      fresh.answer('bundles.taken', () => takenBundle);
    });
    expect(await screen.findByText('3 runs with their reports')).toBeTruthy();
    expect(screen.getByText(/A bundle never holds them/u)).toBeTruthy();
    expect(screen.getByText(/not on this computer: id_ed25519/u)).toBeTruthy();
    expect(screen.getAllByRole('button', { name: /^Copy the fingerprint/u })).toHaveLength(3);
    core.answer('bundles.openSealed', () => {
      throw fail('configBundle.wrongPassphrase', adminSubject, { values: { file: 'sessions.triad' } });
    });
    await user.type(screen.getByLabelText('Passphrase'), 'wrong one{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('do not open with this passphrase');
    core.answer('bundles.openSealed', () => ({ ...takenBundle, hasPassword: true }));
    await user.click(button('Open it'));
    expect(await screen.findByText('It is known on this computer.')).toBeTruthy();
    await user.click(button('Go to the servers'));
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'servers' });
  });
});
