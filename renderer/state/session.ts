import { z } from 'zod';
import { create } from 'zustand';
import type { ProcedureOutput, Settings } from '../../electron/shared/contract/procedures.ts';
import { PlaceId, type Draft } from '../../electron/shared/domain/draft.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { currentLanguage, type Language } from '../../electron/shared/domain/language.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import type { FirstLook } from '../../electron/shared/contract/firstLook.ts';
import { createSpeak, languageOf } from '../../electron/shared/messages/speak.ts';
import { call, onCoreLost } from '../bridge/client.ts';
import { draftStore, reachStep } from './draft.ts';

const speak = createSpeak(async () => (await import('../../electron/shared/messages/pt/index.ts')).pt);

/** What the window shows. */
export type Screen = { readonly kind: 'home' } | { readonly kind: 'wizard'; readonly step: PlaceId };

/** What the core said at the start: version, settings, known builds. */
export type AppStart = ProcedureOutput<'app.start'>;

/** Dialogs that lie over any screen. */
export type SessionDialog = 'settings' | 'about' | 'help' | null;

/** The state of the window as a whole, with what changes it. */
export interface Session {
  /** Null until the core has answered. */
  readonly app: AppStart | null;
  /** Whether Home may be shown before that: it looks and speaks as when it was left. */
  readonly isForeseen: boolean;
  readonly settings: Settings;
  /** The language that is spoken now: that of the settings, or the system's. */
  readonly language: Language;
  readonly screen: Screen;
  readonly dialog: SessionDialog;
  /** Why something failed that no screen can show: a command of the menu, saving on the way Home. A dialog tells. */
  readonly failure: Failure | null;
  /** Why the window cannot work: the start failed, or the core is gone. */
  readonly lost: Failure | null;
  /** Looks and speaks as the window did last, until the core tells how. */
  readonly foresee: (look: FirstLook) => Promise<void>;
  /** Asks the core for the start and opens the draft that it names, if any. Called before anything else, and when a file was opened from outside. */
  readonly begin: () => Promise<void>;
  /** Shows the wizard for a draft, at the furthest step that was reached or at the place named. What was open is saved first. */
  readonly openDraft: (draft: Draft, step?: PlaceId) => Promise<void>;
  /** Shows a place, and remembers that a step was reached. */
  readonly goTo: (step: PlaceId) => void;
  /** Saves what is open and shows Home. */
  readonly goHome: () => Promise<void>;
  /** Puts settings into effect at once, and keeps them. Rejects when they could not be kept. */
  readonly saveSettings: (settings: Settings) => Promise<void>;
  readonly showFailure: (error: unknown) => void;
  readonly hideFailure: () => void;
  readonly showDialog: (dialog: SessionDialog) => void;
}

const INITIAL_SETTINGS: Settings = { theme: 'system', language: 'system' };

/** The window's session; take single values by a selector: `useSession((session) => session.goTo)`. */
export const useSession = create<Session>()((set, get) => {
  async function apply(settings: Settings, language: Language): Promise<void> {
    // What the window looks like already is no reason to draw everything again.
    const { theme, language: chosen } = get().settings;
    if (settings.theme !== theme || settings.language !== chosen) set({ settings });
    await speak(language);
    if (get().language !== currentLanguage()) set({ language: currentLanguage() });
  }

  return {
    app: null,
    isForeseen: false,
    settings: INITIAL_SETTINGS,
    language: 'en',
    screen: { kind: 'home' },
    dialog: null,
    failure: null,
    lost: null,
    foresee: async ({ settings, language }) => {
      await apply(settings, language);
      set({ isForeseen: true });
    },
    begin: async () => {
      try {
        // What is read below may be the draft that is open, as the core knows it.
        await draftStore.getState().flush();
      } catch (error) {
        get().showFailure(error);
        return;
      }
      try {
        const app = await call('app.start');
        // Not earlier: the first look at session storage waits for the core's process, which is busy with that answer. Nor later, when it may be written.
        const place = recallPlace();
        await apply(app.settings, languageOf(app.settings, app.systemLanguage));
        if (app.openDraft !== null) await openAtStart(app.openDraft, get().openDraft);
        else await returnTo(place, get().openDraft);
        set({ app, failure: app.openFailure });
      } catch (error) {
        set({ lost: failureOf(error, adminSubject) });
      }
    },
    openDraft: async (draft, step) => {
      await draftStore.getState().open(draft);
      const target = step ?? draft.reached;
      reachStep(target);
      set({ screen: { kind: 'wizard', step: target } });
    },
    goTo: (step) => {
      reachStep(step);
      set({ screen: { kind: 'wizard', step } });
    },
    goHome: async () => {
      try {
        await draftStore.getState().flush();
      } finally {
        set({ screen: { kind: 'home' } });
      }
    },
    saveSettings: async (settings) => {
      await apply(settings, languageOf(settings, get().app?.systemLanguage ?? 'en'));
      const saved = await call('app.saveSettings', settings);
      await apply(saved, languageOf(saved, get().app?.systemLanguage ?? 'en'));
    },
    showFailure: (error) => {
      set({ failure: failureOf(error, adminSubject) });
    },
    hideFailure: () => {
      set({ failure: null });
    },
    showDialog: (dialog) => {
      set({ dialog });
    },
  };
});

/** Where a reload returns to. Session storage lives as long as the window: the next start begins at Home. */
const PLACE_KEY = 'triad.place';
const Place = z.object({ draft: z.string(), step: PlaceId });

function recallPlace(): z.infer<typeof Place> | null {
  try {
    return Place.parse(JSON.parse(sessionStorage.getItem(PLACE_KEY) ?? ''));
  } catch {
    return null; // nothing was kept, or by another version
  }
}

/** The place at which a draft of a file is opened: what was taken over from a bundle is told first. Undefined: the furthest step that was reached. */
export async function firstPlaceOf(draft: Draft): Promise<PlaceId | undefined> {
  return (await call('bundles.taken', draft.id)) === null ? undefined : 'bundle';
}

async function openAtStart(draftId: string, openDraft: Session['openDraft']): Promise<void> {
  const draft = await call('drafts.load', draftId);
  await openDraft(draft, await firstPlaceOf(draft));
}

/** Opens the draft where it was open before the reload; one that is gone is no reason not to start. */
async function returnTo(place: ReturnType<typeof recallPlace>, openDraft: Session['openDraft']): Promise<void> {
  if (place === null) return;
  const draft = await call('drafts.load', place.draft).catch(() => null);
  if (draft !== null) await openDraft(draft, place.step);
}

useSession.subscribe(({ app, screen }) => {
  // Home, which is shown before the start, would forget where to return to.
  if (app === null) return;
  const draft = draftStore.getState().current?.draft.id;
  if (screen.kind === 'home' || draft === undefined) sessionStorage.removeItem(PLACE_KEY);
  else sessionStorage.setItem(PLACE_KEY, JSON.stringify({ draft, step: screen.step } satisfies z.infer<typeof Place>));
});

onCoreLost((failure) => {
  useSession.setState({ lost: failure });
});
