import { sampleMinimal } from '../../../../electron/report/testing/sampleRecord.ts';
import { fail } from '../../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../../electron/shared/domain/subject.ts';
import { message } from '../../../../electron/shared/messages/message.ts';
import { startRun } from '../../../state/runs.ts';
import { useSession, type SessionDialog } from '../../../state/session.ts';
import { planRecord } from './records.ts';
import { openStep, shown, withDraft, type Scene } from './scene.ts';

function dialog(kind: SessionDialog): Scene {
  return () => async () => {
    await shown('main h1');
    useSession.getState().showDialog(kind);
    await shown('[role="dialog"]');
  };
}

/** What lies over every screen, and what stands where nothing works. */
export const windowScenes = {
  starting: (core) => {
    core.answer('app.start', () => new Promise(() => undefined));
    return async () => {
      await shown('#root > *');
    };
  },
  settings: dialog('settings'),
  /** The settings could not be kept. */
  'settings-failed': (core) => {
    core.answer('app.saveSettings', () => {
      throw fail('storage.unwritable', adminSubject, {
        values: { file: '/home/ana/.local/share/triad/settings.json', reason: 'no space left on device' },
      });
    });
    return async () => {
      await dialog('settings')(core)();
      // Chosen already: the change is not to the words or the colours of this scene.
      const language = await shown<HTMLSelectElement>('[role="dialog"] select');
      language.dispatchEvent(new Event('change', { bubbles: true }));
      await shown('[role="dialog"] [role="alert"]');
    };
  },
  about: dialog('about'),
  'about-reading': (core) => {
    core.answer('app.licences', () => new Promise(() => undefined));
    return dialog('about')(core);
  },
  help: dialog('help'),
  /** A command of the menu that failed. */
  failure: () => async () => {
    await shown('main h1');
    useSession.getState().showFailure(
      fail('storage.damaged', adminSubject, {
        values: { file: '/home/ana/sessions.triad', kept: 'sessions.triad.damaged' },
        evidence: 'EOF',
      }),
    );
    await shown('[role="dialog"]');
  },
  /** The core is gone. */
  lost: (core) => async () => {
    await shown('main h1');
    core.lose();
    await useSession
      .getState()
      .saveSettings({ theme: 'system', language: 'en' })
      .catch(() => undefined);
    await shown('main [role="alert"]');
  },
  /** Everything breaks: here for want of a draft. */
  broken: () => async () => {
    await shown('main h1');
    useSession.setState({ screen: { kind: 'wizard', step: 'redis' } });
    await shown('[role="alert"]');
  },
  /** A step breaks: here because it offers what is no build. */
  'broken-step': (core) => {
    const draft = withDraft(core, { reached: 'redis' });
    return async () => {
      await shown('main h1');
      const { app } = useSession.getState();
      useSession.setState({ app: app === null ? null : { ...app, builds: [null as never] } });
      await openStep(draft, 'redis');
    };
  },
  secrets: (core) => {
    const draft = withDraft(core, { sameLogin: false });
    core.secrets.clear();
    return async () => {
      await openStep(draft, 'servers');
      void startRun('check');
      await shown('[role="dialog"]');
    };
  },
  question: (core) => {
    const draft = withDraft(core, { reached: 'install' }, [
      { slot: 'plan', record: planRecord() },
      { slot: 'install', record: sampleMinimal(), isActive: true },
    ]);
    return async () => {
      await openStep(draft, 'install');
      core.ask(draft.runs.install ?? '', message('phase.confirmInstall', { count: 31, servers: 3 }));
      await shown('[role="dialog"]');
    };
  },
} as const satisfies Readonly<Record<string, Scene>>;
