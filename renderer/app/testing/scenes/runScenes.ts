import {
  sampleAborted,
  sampleBroken,
  sampleFailedCheck,
  sampleFailoverTest,
  sampleInstall,
} from '../../../../electron/report/testing/sampleRecord.ts';
import { CONNECTION_FORMATS, connectionString } from '../../../../electron/shared/domain/connectionStrings.ts';
import type { StepId } from '../../../../electron/shared/domain/draft.ts';
import { manyEvents } from '../../../../electron/shared/domain/testing/manyEvents.ts';
import { checkInPart, checkRecord, checkWithoutServer, closedByFirewalls, failedCheck, planRecord } from './records.ts';
import { openStep, press, shown, step, withDraft, type RunOf, type Scene } from './scene.ts';

const check: RunOf = { slot: 'check', record: checkRecord() };
const plan: RunOf = { slot: 'plan', record: planRecord() };
const install: RunOf = { slot: 'install', record: sampleInstall() };
const failoverTest: RunOf = { slot: 'failoverTest', record: sampleFailoverTest() };

/** A step while a check goes on that was begun for other settings. */
function stepBesideOther(id: StepId): Scene {
  return (core) => {
    const draft = withDraft(core, { reached: id }, []);
    const run = core.addRecord(draft.id, failedCheck(), { untilMs: 100, isActive: true });
    core.runs.set(run.runId, { ...run, startedFor: 'something else' });
    return async () => openStep(draft, id);
  };
}

/** What stands where the report of a run would: the fake core serves none. */
const REPORT =
  'data:text/html,<html lang="en"><title>Report</title><body style="font-family:sans-serif"><main><h1>The report of the run</h1></main></body></html>';

/** The step Report after an installation and a test, at one of its tabs. */
function report(tab: 1 | 2 | 3, then: () => Promise<void> = async () => undefined): Scene {
  return (core) => {
    core.answer('reports.link', () => REPORT);
    core.answer('reports.connections', () =>
      CONNECTION_FORMATS.map((format) => ({ format, text: connectionString(format, sampleInstall().plan, null) })),
    );
    return step('report', [check, plan, install, failoverTest], {}, async () => {
      await press(`main [role="tab"]:nth-of-type(${tab})`);
      await shown('main [role="tabpanel"] :is(iframe, pre, h2)');
      await then();
    })(core);
  };
}

/** Opens every fold of the screen. */
async function openFolds(): Promise<void> {
  await shown('main button[aria-expanded]');
  for (const fold of document.querySelectorAll<HTMLElement>('main button[aria-expanded="false"]:not([aria-haspopup])')) fold.click();
  await shown('main button[aria-expanded="true"][aria-controls]');
}

/** The steps that show runs. */
export const runScenes = {
  'reachability-before': step('reachability'),
  'reachability-other': stepBesideOther('reachability'),
  'reachability-running': step('reachability', [{ slot: 'check', record: failedCheck(), untilMs: 100, isActive: true }]),
  'reachability-interrupted': step('reachability', [{ slot: 'check', record: failedCheck(), untilMs: 100 }]),
  /** Failures, and the first closed way's detail. */
  reachability: step('reachability', [{ slot: 'check', record: failedCheck() }]),
  'reachability-broken': step('reachability', [{ slot: 'check', record: sampleFailedCheck() }]),
  'reachability-part': step('reachability', [{ slot: 'check', record: checkInPart() }]),
  'reachability-lost': step('reachability', [{ slot: 'check', record: checkWithoutServer() }]),
  'reachability-openings': step('reachability', [{ slot: 'check', record: closedByFirewalls() }]),
  'reachability-pass': step('reachability', [check], {}, openFolds),
  'review-other': stepBesideOther('review'),
  'review-running': step('review', [check, { ...plan, untilMs: 100, isActive: true }]),
  'review-lost': step('review', [{ slot: 'plan', record: { ...checkWithoutServer(), workflow: 'plan' } }]),
  review: step('review', [check, plan], {}, openFolds),
  'install-before': step('install', [check, plan]),
  'install-running': step('install', [check, plan, { ...install, untilMs: 1500, isActive: true }]),
  'install-interrupted': step('install', [check, plan, { ...install, untilMs: 1500 }]),
  'install-aborted': step('install', [check, plan, { slot: 'install', record: sampleAborted() }]),
  'install-broken': step('install', [check, plan, { slot: 'install', record: sampleBroken() }]),
  /** A log of a failure, open. */
  'install-log': step('install', [check, plan, { slot: 'install', record: sampleBroken() }], {}, openFolds),
  install: step('install', [check, plan, install]),
  'failover-before': step('failover', [check, plan, install]),
  'failover-incomplete': step('failover', [], { name: '' }),
  'failover-running': step('failover', [check, plan, install, { ...failoverTest, untilMs: 10_500, isActive: true }]),
  'failover-interrupted': step('failover', [check, plan, install, { ...failoverTest, untilMs: 10_500 }]),
  failover: step('failover', [check, plan, install, failoverTest]),
  'report-none': step('report'),
  report: report(1),
  'report-connect': report(2),
  'report-next': report(3),
  'report-remove': report(3, openFolds),
  /** 20,000 events: half of them are there at the opening, the others arrive by `window.arrive()`. */
  many: (core) => {
    const draft = withDraft(core, { reached: 'install' }, [plan]);
    const events = manyEvents(sampleInstall().plan, 'run-many', 20_000);
    const run = core.addRun('install', draft.id, events.slice(0, 10_000));
    core.drafts.set(draft.id, { ...draft, runs: { ...draft.runs, install: run.runId } });
    let at = 10_000;
    Object.assign(window, {
      arrive: (count: number): number => {
        core.emit(run.runId, ...events.slice(at, at + count));
        at += count;
        return events.length - at;
      },
    });
    return async () => {
      await openStep(core.drafts.get(draft.id) ?? draft, 'install');
    };
  },
} as const satisfies Readonly<Record<string, Scene>>;
