import { create } from 'zustand';
import type { ActiveRun, RunSummary } from '../../electron/shared/contract/procedures.ts';
import {
  neededSecrets,
  readDraft,
  specInputOf,
  StepId,
  type PlaceId,
  type Draft,
  type DraftReading,
  type NeededSecret,
  type SecretName,
} from '../../electron/shared/domain/draft.ts';
import type { WorkflowId } from '../../electron/shared/domain/events.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { call } from '../bridge/client.ts';

/** How long nothing is typed before a draft is saved, in milliseconds. */
const SAVE_AFTER_MS = 400;

/** The open draft, what follows from it, and what changes it. */
export interface OpenDraft {
  readonly draft: Draft;
  /** The draft as a specification, or what is missing in it; follows every edit at once. */
  readonly reading: DraftReading;
  readonly knownSecrets: ReadonlySet<SecretName>;
  /** How often each secret was handed over since the draft was opened: its value is not known here, but that it is another one is. */
  readonly secretVersions: Readonly<Partial<Record<SecretName, number>>>;
  /** Runs of this draft's cluster, newest first; read at opening and after each run. */
  readonly runs: readonly RunSummary[];
  /** All runs that go on, of other drafts, too; read with `runs`, and known of each run that is started here. */
  readonly active: readonly ActiveRun[];
  /** Whether fields that are simply empty say so even before they were touched. */
  readonly showsEmpty: boolean;
  /** Why the last saving failed; null once one succeeded. */
  readonly saveFailure: Failure | null;
  /**
   * Changes the draft and saves it a moment later. What changes the specification also forgets the check and the plan: they were made for
   * another one and prove nothing about this.
   */
  readonly edit: (change: (draft: Draft) => Draft) => void;
  /** Saves now what is not saved yet, and waits for secrets that are on their way. Rejects when the draft could not be saved. */
  readonly flush: () => Promise<void>;
  /** What is wrong at a path of the specification (`servers.1.address`), or null. */
  readonly issueAt: (path: string) => Message | null;
  /** Lets every empty field that must not be say so. */
  readonly revealEmpty: () => void;
  /** Hands a secret to the core, which keeps it; the window forgets it. */
  readonly storeSecret: (name: SecretName, value: string) => Promise<'keychain' | 'memory'>;
  /** What must be known before anything can be done on the servers, and is not. */
  readonly missingSecrets: () => readonly NeededSecret[];
  /** Reads the cluster's runs again, and which go on. */
  readonly refreshRuns: () => Promise<void>;
}

interface DraftStore {
  readonly current: OpenDraft | null;
  /** Opens a draft in place of the present one, which is saved first. */
  readonly open: (draft: Draft) => Promise<void>;
  readonly flush: () => Promise<void>;
  /** Sends what is not saved yet before it returns, and waits for nothing: the page is about to go, and its promises with it. */
  readonly sendNow: () => void;
  /** Notes a run that was started for the open draft, until the runs are read again. */
  readonly noteStarted: (run: ActiveRun) => void;
  /** Forgets the open draft without saving it, when it is this one: it is removed. What is returned brings it back as it was typed, if that fails. */
  readonly forget: (draftId: string) => () => void;
}

/** The store behind {@link useDraft}, for code outside of components. */
export const draftStore = create<DraftStore>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Serialises saving: an older state must never be written after a newer one. */
  let saving: Promise<void> = Promise.resolve();
  let unsaved: Draft | null = null;
  /** Settles when every secret that was typed has arrived: a press on a button first takes the focus from a field, which hands its secret over. */
  let handedOver: Promise<unknown> = Promise.resolve();

  function patch(draftId: string, change: Partial<OpenDraft>): void {
    const { current } = get();
    if (current?.draft.id === draftId) set({ current: { ...current, ...change } });
  }

  async function save(draft: Draft): Promise<void> {
    try {
      await call('drafts.save', draft);
      patch(draft.id, { saveFailure: null });
    } catch (error) {
      // The next try saves the newest state: something newer than this one may have been sent, and saved, meanwhile.
      const now = get().current?.draft;
      if (unsaved === null && now?.id === draft.id) unsaved = now;
      patch(draft.id, { saveFailure: failureOf(error, adminSubject) });
      throw error;
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    await handedOver;
    const draft = unsaved;
    if (draft !== null) {
      unsaved = null;
      saving = saving.catch(() => undefined).then(async () => save(draft));
    }
    await saving;
  }

  function sendNow(): void {
    clearTimeout(timer);
    const draft = unsaved;
    if (draft === null) return;
    unsaved = null;
    const before = saving;
    const sent = save(draft);
    saving = before.catch(() => undefined).then(async () => sent);
    saving.catch(() => undefined); // told by `saveFailure`, if the page is still there
  }

  function edit(change: (draft: Draft) => Draft): void {
    const { current } = get();
    if (current === null) return;
    const changed = change(current.draft);
    if (changed === current.draft) return;
    const isSame = JSON.stringify(specInputOf(changed)) === JSON.stringify(specInputOf(current.draft));
    const draft = {
      ...changed,
      ...(isSame ? {} : { runs: { ...changed.runs, check: null, plan: null } }),
      updatedAt: new Date().toISOString(),
    };
    set({ current: { ...current, draft, reading: isSame ? current.reading : readDraft(draft) } });
    unsaved = draft;
    clearTimeout(timer);
    timer = setTimeout(() => {
      flush().catch(() => undefined); // told by `saveFailure`
    }, SAVE_AFTER_MS);
  }

  /** Runs that were started since a list of them was asked for: that list may lack them. */
  let startedSince: ActiveRun[] = [];

  async function refreshRuns(): Promise<void> {
    const id = get().current?.draft.id;
    if (id === undefined) return;
    startedSince = [];
    const { runs, active } = await readRuns(id);
    const listed = new Set(active.map(({ runId }) => runId));
    patch(id, { runs, active: [...active, ...startedSince.filter(({ runId }) => !listed.has(runId))] });
  }

  function noteStarted(run: ActiveRun): void {
    startedSince.push(run);
    const active = get().current?.active ?? [];
    patch(run.draft, { active: [...active.filter(({ runId }) => runId !== run.runId), run] });
  }

  async function storeSecret(name: SecretName, value: string): Promise<'keychain' | 'memory'> {
    const { current } = get();
    if (current === null) throw new Error('no draft is open');
    const handing = call('secrets.store', { draft: current.draft.id, name, value }).then(({ kept }) => {
      const { knownSecrets, secretVersions } = get().current ?? current;
      patch(current.draft.id, {
        knownSecrets: new Set([...knownSecrets, name]),
        secretVersions: { ...secretVersions, [name]: (secretVersions[name] ?? 0) + 1 },
      });
      return kept;
    });
    handedOver = Promise.allSettled([handedOver, handing]);
    return handing;
  }

  return {
    current: null,
    flush,
    sendNow,
    noteStarted,
    open: async (draft) => {
      await flush();
      const [known, { runs, active }] = await Promise.all([call('secrets.known', draft.id), readRuns(draft.id)]);
      const adopted = adoptActive(draft, active);
      set({
        current: {
          draft: adopted,
          reading: readDraft(draft),
          knownSecrets: new Set(known),
          secretVersions: {},
          runs,
          active,
          showsEmpty: false,
          saveFailure: null,
          edit,
          flush,
          storeSecret,
          refreshRuns,
          issueAt: (path) => issueIn(get().current?.reading, path),
          revealEmpty: () => {
            patch(draft.id, { showsEmpty: true });
          },
          missingSecrets: () => missingIn(get().current),
        },
      });
      if (adopted !== draft) unsaved = adopted;
    },
    forget: (draftId) => {
      const { current } = get();
      if (current?.draft.id !== draftId) return () => undefined;
      clearTimeout(timer);
      const typed = unsaved;
      unsaved = null;
      // Its failure is nobody's any more: left here, it would keep every other draft from being opened.
      saving = Promise.resolve();
      set({ current: null });
      return () => {
        if (get().current !== null) return;
        unsaved = typed;
        set({ current });
      };
    },
  };
});

async function readRuns(draftId: string): Promise<Pick<OpenDraft, 'runs' | 'active'>> {
  const [runs, active] = await Promise.all([call('runs.list', draftId), call('runs.active')]);
  return { runs, active };
}

/** Whether a run proves something about one specification only, and nothing once that was edited. The others have touched the servers. */
export function isBoundToSpec(workflow: WorkflowId): boolean {
  return workflow === 'check' || workflow === 'plan';
}

/**
 * A run that goes on stands in its draft even if the window was closed before it was written there; a check and a plan only while the draft still says
 * what they were started for.
 */
function adoptActive(draft: Draft, active: readonly ActiveRun[]): Draft {
  const own = active.filter(
    (run) => run.draft === draft.id && run.workflow in draft.runs && (run.isCurrent || !isBoundToSpec(run.workflow)),
  );
  return own.reduce<Draft>((one, { workflow, runId }) => ({ ...one, runs: { ...one.runs, [workflow]: runId } }), draft);
}

function issueIn(reading: DraftReading | undefined, path: string): Message | null {
  if (reading === undefined || reading.ok) return null;
  return reading.issues.find((issue) => issue.path === path)?.message ?? null;
}

function missingIn(open: OpenDraft | null): readonly NeededSecret[] {
  return open === null ? [] : neededSecrets(open.draft).filter(({ name }) => !open.knownSecrets.has(name));
}

function identity(open: OpenDraft): OpenDraft {
  return open;
}

/** The open draft, or a part of it by a selector. Only below the wizard, where a draft is open; throws elsewhere. */
export function useDraft(): OpenDraft;
export function useDraft<Part>(select: (open: OpenDraft) => Part): Part;
export function useDraft(select: (open: OpenDraft) => unknown = identity): unknown {
  return draftStore(({ current }) => {
    if (current === null) throw new Error('no draft is open');
    return select(current);
  });
}

/** Remembers that a step was reached; a step before the furthest one changes nothing, nor does a place that is no step. */
export function reachStep(place: PlaceId): void {
  const step = StepId.safeParse(place).data;
  if (step === undefined) return;
  draftStore.getState().current?.edit((draft) => (isBeyond(step, draft.reached) ? { ...draft, reached: step } : draft));
}

function isBeyond(step: StepId, other: StepId): boolean {
  return StepId.options.indexOf(step) > StepId.options.indexOf(other);
}
