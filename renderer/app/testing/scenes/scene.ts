import { StepId, type Draft, type PlaceId } from '../../../../electron/shared/domain/draft.ts';
import type { RunRecord } from '../../../../electron/shared/domain/run.ts';
import { filledDraft, type FakeCore } from '../../../bridge/testing/fakeBridge.ts';
import { useSession } from '../../../state/session.ts';

/** Sets a core up, and gives what is to be done once the window is there. It is over when the screen can be looked at. */
export type Scene = (core: FakeCore) => () => Promise<void>;

const FRAME_MS = 16;
const LONGEST_MS = 5000;

/** Waits for something, looking once a frame; what never comes is named. */
export async function until<Found>(what: string, look: () => Found | null | undefined | false): Promise<Found> {
  const before = Date.now();
  for (;;) {
    const found = look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() - before > LONGEST_MS) throw new Error(`the scene waits in vain for ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, FRAME_MS);
    });
  }
}

/** Waits for an element. */
export async function shown<Found extends Element = HTMLElement>(selector: string): Promise<Found> {
  return until(selector, () => document.querySelector<Found>(selector));
}

/** Presses a button as soon as it is there. */
export async function press(selector: string): Promise<void> {
  (await shown(selector)).click();
}

/** A run of a scene: what it has seen, whole or until a moment. */
export interface RunOf {
  readonly slot: keyof Draft['runs'];
  readonly record: RunRecord;
  readonly untilMs?: number;
  readonly isActive?: boolean;
}

/** Puts a draft with its secrets and runs into the core. */
export function withDraft(core: FakeCore, change: Partial<Draft>, runs: readonly RunOf[] = []): Draft {
  const base = filledDraft(core.drafts.size + 1, change);
  const servers = base.servers.map((server, index) => ({ ...server, address: `10.77.0.${index + 11}` }));
  const draft = { ...base, servers, runs: { ...base.runs } };
  runs.forEach(({ slot, record, untilMs, isActive }, index) => {
    const runId = `${draft.id.slice(-4)}-${index + 1}-${record.workflow}`;
    core.addRecord(draft.id, { ...record, runId }, { ...(untilMs === undefined ? {} : { untilMs }), isActive: isActive ?? false });
    draft.runs[slot] = runId;
  });
  core.drafts.set(draft.id, draft);
  core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'x']]));
  return draft;
}

/** Opens a draft at a step and waits for its screen. */
export async function openStep(draft: Draft, id: PlaceId): Promise<void> {
  await useSession.getState().openDraft(draft, id);
  await shown('nav [aria-current="step"]');
  await shown('main h1');
}

/** A step of a draft with these runs; `then` goes on from there. */
export function step(
  id: PlaceId,
  runs: readonly RunOf[] = [],
  change: Partial<Draft> = {},
  then: () => Promise<void> = async () => undefined,
): Scene {
  return (core) => {
    const draft = withDraft(core, { reached: StepId.safeParse(id).data ?? 'report', ...change }, runs);
    return async () => {
      await openStep(draft, id);
      await then();
    };
  };
}
