import { sampleInstall } from '../../../../electron/report/testing/sampleRecord.ts';
import type { WorkflowId } from '../../../../electron/shared/domain/events.ts';
import type { RunRecord } from '../../../../electron/shared/domain/run.ts';
import type { FakeCore } from '../../../bridge/testing/fakeBridge.ts';
import {
  beginRecord,
  endRecord,
  laggingStatus,
  movedView,
  refusedRecord,
  restoreRecord,
  statusRecord,
  waitingFor,
} from './patchRecords.ts';
import { openStep, press, shown, until, withDraft, type Scene } from './scene.ts';

interface Night {
  /** Runs of this night that are over when the screen opens. */
  readonly before?: readonly RunRecord[];
  /** What a look finds, in the order of the looks; the last one stays. */
  readonly looks: readonly RunRecord[];
  /** What the runs that are started do, in their order. */
  readonly started?: readonly { readonly record: RunRecord; readonly untilMs?: number }[];
  /** All servers in turn were begun in this window. */
  readonly isRolling?: boolean;
}

/** Lets the core answer each start with the next of these runs. */
function answerStarts(core: FakeCore, draft: string, { looks, started = [] }: Night): void {
  let looked = 0;
  let begun = 0;
  const next = (workflow: WorkflowId): { readonly record: RunRecord; readonly untilMs?: number } | undefined => {
    if (workflow !== 'maintenanceStatus') return started[begun++];
    const record = looks[Math.min(looked++, looks.length - 1)];
    return record === undefined ? undefined : { record };
  };
  core.answer('runs.start', ({ workflow }) => {
    const found = next(workflow);
    if (found === undefined) return { runId: core.addRun(workflow, draft).runId };
    const runId = `night-${core.runs.size + 1}-${workflow}`;
    core.addRecord(draft, { ...found.record, runId }, found.untilMs === undefined ? {} : { untilMs: found.untilMs, isActive: true });
    return { runId };
  });
}

/** The screen for patch day in a night; `then` is what its admin does. */
function patch(night: Night, then: (core: FakeCore) => Promise<void> = async () => undefined): Scene {
  return (core) => {
    const draft = withDraft(core, { reached: 'report' }, [{ slot: 'install', record: sampleInstall() }]);
    for (const [index, record] of (night.before ?? []).entries())
      core.addRecord(draft.id, { ...record, runId: `before-${index}-${record.workflow}` });
    answerStarts(core, draft.id, night);
    return async () => {
      sessionStorage.removeItem('triad.rolling');
      if (night.isRolling === true) sessionStorage.setItem('triad.rolling', draft.id);
      await openStep(draft, 'maintenance');
      await shown('main figure svg, main h2, main [role="status"]');
      await then(core);
    };
  };
}

const primary = 'main footer .mantine-Button-root:not([data-variant])';

/** Presses the primary action as soon as it can be pressed. */
async function goOn(): Promise<void> {
  await shown('main figure svg');
  await press(`${primary}[aria-disabled="false"], main footer .mantine-Button-root[data-variant="filled"][aria-disabled="false"]`);
}

const heading = async (words: string): Promise<unknown> =>
  until(words, () => document.querySelector('main h1')?.textContent.includes(words) === true);

/** Patch day in all its states. */
export const patchScenes = {
  'patch-looking': patch({ looks: [] }),
  'patch-choose': patch({ looks: [statusRecord()] }, async () => void (await shown('main figure svg'))),
  'patch-choose-one': patch({ looks: [statusRecord()] }, async () => {
    await press('main input[type="radio"][value="server-3"]');
  }),
  'patch-refused': patch({ looks: [laggingStatus()] }, async () => void (await shown('main [role="alert"]'))),
  'patch-begin-refused': patch({ looks: [statusRecord()], started: [{ record: refusedRecord('server-1') }] }, async () => {
    await goOn();
    await shown('main [role="alert"]');
    await shown('main figure svg');
  }),
  'patch-beginning': patch({ looks: [statusRecord()], started: [{ record: beginRecord('server-1'), untilMs: 1_400 }] }, async () => {
    await goOn();
    await heading('server-1');
  }),
  'patch-now': patch({ looks: [statusRecord()], started: [{ record: beginRecord('server-1') }] }, async () => {
    await goOn();
    await heading('server-1');
    await shown('main dl');
  }),
  'patch-now-returned': patch(
    { looks: [statusRecord({ marked: 'server-2', view: movedView('server-2') })], before: [endRecord('server-1', 42)] },
    async () => void (await shown('main dl')),
  ),
  'patch-now-masters': patch({ looks: [statusRecord({ marked: 'server-2' })] }, async () => void (await shown('main dl'))),
  'patch-ending': patch(
    {
      looks: [statusRecord({ marked: 'server-1', view: movedView('server-1') })],
      started: [{ record: endRecord('server-1'), untilMs: 20_000 }],
    },
    async (core) => {
      await goOn();
      await until('the run', () => [...core.runs.values()].find(({ workflow }) => workflow === 'maintenanceEnd'));
      const run = [...core.runs.values()].find(({ workflow }) => workflow === 'maintenanceEnd');
      core.emit(run?.runId ?? '', { type: 'phaseProgress', phase: 'connect', server: 'server-1', message: waitingFor('server-1') });
      await heading('server-1');
    },
  ),
  'patch-ended': patch(
    { looks: [statusRecord({ marked: 'server-1', view: movedView('server-1') })], started: [{ record: endRecord('server-1') }] },
    async () => {
      await goOn();
      await shown('main section[aria-label] button[aria-expanded]');
      await press('main section[aria-label] button[aria-expanded]');
    },
  ),
  'patch-ended-lost': patch(
    { looks: [statusRecord({ marked: 'server-1', view: movedView('server-1') })], started: [{ record: endRecord('server-1', 1, 3) }] },
    async () => {
      await goOn();
      await shown('main section[aria-label] button[aria-expanded]');
    },
  ),
  'patch-all-done': patch(
    {
      looks: [statusRecord({ marked: 'server-3', view: movedView('server-3') })],
      before: [endRecord('server-1', 84), endRecord('server-2', 42)],
      started: [{ record: endRecord('server-3') }],
      isRolling: true,
    },
    async () => {
      await goOn();
      await shown('main section[aria-label] button[aria-expanded]');
    },
  ),
  'patch-rolling': patch(
    {
      looks: [statusRecord({ marked: 'server-2', view: movedView('server-2') })],
      before: [endRecord('server-1', 42)],
      started: [{ record: endRecord('server-2') }],
      isRolling: true,
    },
    async () => {
      await goOn();
      await shown('main section[aria-label] button[aria-expanded]');
    },
  ),
  'patch-interrupted': patch(
    { looks: [statusRecord({ view: movedView('server-1') })], before: [{ ...beginRecord('server-1'), finishedAt: null, verdict: null }] },
    async () => void (await shown('main figure svg')),
  ),
  'patch-restore-needed': patch(
    { looks: [statusRecord({ view: movedView('server-2') })] },
    async () => void (await shown('main figure svg')),
  ),
  'patch-restored': patch({ looks: [statusRecord({ view: movedView('server-2') })], started: [{ record: restoreRecord() }] }, async () => {
    await press('main section[data-needed="true"] button');
    await shown('main section[aria-label] button[aria-expanded]');
  }),
} as const satisfies Readonly<Record<string, Scene>>;
