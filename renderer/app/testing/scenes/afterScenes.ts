import { sampleFailedCheck, sampleFailoverTest, sampleInstall } from '../../../../electron/report/testing/sampleRecord.ts';
import type { HistoryEntry } from '../../../../electron/shared/contract/procedures.ts';
import { fail } from '../../../../electron/shared/domain/failure.ts';
import type { RunRecord } from '../../../../electron/shared/domain/run.ts';
import { adminSubject, serverSubject } from '../../../../electron/shared/domain/subject.ts';
import { message, say } from '../../../../electron/shared/messages/message.ts';
import type { FakeCore } from '../../../bridge/testing/fakeBridge.ts';
import {
  comparedBundle,
  comparedRuns,
  historyEntries,
  inspectedBundle,
  takenBundle,
  writtenBundle,
  writtenFolder,
} from './afterSamples.ts';
import { press, shown, step, until, type RunOf, type Scene } from './scene.ts';

const install: RunOf = { slot: 'install', record: sampleInstall() };
const validated: RunRecord = { ...sampleInstall(), workflow: 'validate', runId: 'validation' };

/** What stands where the report of a run would: the fake core serves none. */
const REPORT =
  'data:text/html,<html lang="en"><title>Report</title><body style="font-family:sans-serif"><main><h1>The report of the run</h1></main></body></html>';

const FOOT = 'main footer button';

/** Presses the one action at the foot of the screen. */
async function pressPrimary(): Promise<void> {
  await shown(FOOT);
  [...document.querySelectorAll<HTMLElement>(FOOT)].at(-1)?.click();
}

async function says(words: string): Promise<void> {
  await until(words, () => document.querySelector('main')?.textContent.includes(words));
}

/** The screen Config bundle; the core is told first what it answers. */
function bundle(prepare: (core: FakeCore) => void = () => undefined, then: () => Promise<void> = async () => undefined): Scene {
  return (core) => {
    prepare(core);
    return step('bundle', [install], {}, then)(core);
  };
}

/** A validation that ends at once, then what the export comes to. */
function exporting(answer: (core: FakeCore) => void, record: RunRecord, isActive = false): (core: FakeCore) => void {
  return (core) => {
    core.answer('runs.start', ({ draft }) => {
      core.addRecord(draft, record, isActive ? { untilMs: 1500, isActive } : {});
      return { runId: record.runId };
    });
    answer(core);
  };
}

/** Presses the button of the folder for those who do without Triad. */
async function writePlain(): Promise<void> {
  await press('[aria-labelledby="triad-bundle-plain"] button');
}

/** It lies below what the screen is for. */
function showPlain(): void {
  document.querySelector('[aria-labelledby="triad-bundle-plain"]')?.scrollIntoView({ block: 'end' });
}

async function openInspect(): Promise<void> {
  await press('main [role="tab"]:nth-of-type(2)');
  await shown('main h2');
}

async function choose(): Promise<void> {
  await openInspect();
  await pressPrimary();
}

function damaged(): never {
  throw fail('configBundle.damaged', adminSubject, {
    values: { file: '/home/ana/sessions.triad', part: 'plan.json', reason: 'its hash is not that of the manifest' },
  });
}

/** The screen History with these runs. */
function history(entries: readonly HistoryEntry[] = historyEntries, then: () => Promise<void> = async () => undefined): Scene {
  return (core) => {
    core.answer('history.list', () => [...entries]);
    core.answer('reports.link', () => REPORT);
    return step('history', [install], {}, async () => {
      await shown(entries.length > 0 ? 'main table' : 'main h2');
      await then();
    })(core);
  };
}

/** The button of a row that opens it. */
const openRow = (row: number): string => `main tbody tr:nth-of-type(${row}) td:last-child button`;

/** A run of the history, opened: the one of a row with this id. */
function historyRun(row: number, runId: string, record: RunRecord | null, then: () => Promise<void>): Scene {
  return (core) => {
    if (record !== null) core.addRecord('', { ...record, runId }, { untilMs: 1500 });
    return history(historyEntries, async () => {
      await press(openRow(row));
      await then();
    })(core);
  };
}

function comparison(answer: typeof comparedRuns): Scene {
  return (core) => {
    core.answer('history.compare', () => answer);
    return history(historyEntries, async () => {
      await press('main tbody tr:nth-of-type(2) input');
      await press('main tbody tr:nth-of-type(5) input');
      await until('both marked', () => document.querySelectorAll('main tr[data-marked="true"]').length === 2);
      await pressPrimary();
      await shown('main section h1, main section');
    })(core);
  };
}

function pruning(runs: readonly string[], then: () => Promise<void>): Scene {
  return (core) => {
    core.answer('history.toPrune', () => [...runs]);
    return history(historyEntries, async () => {
      await press('main footer button[data-variant="default"]');
      await shown('main [role="status"]');
      await then();
    })(core);
  };
}

/** What a running cluster is come back for: its bundle and its history. */
export const afterScenes = {
  bundle: bundle(),
  'bundle-seal': bundle(undefined, async () => {
    await press('main section:nth-of-type(2) div:nth-of-type(2) > div input[type="checkbox"]');
    await shown('main input[type="password"]');
  }),
  'bundle-validating': bundle(
    exporting(() => undefined, validated, true),
    async () => {
      await pressPrimary();
      await shown('main [role="status"]');
    },
  ),
  'bundle-written': bundle(
    exporting((core) => core.answer('bundles.export', () => writtenBundle), validated),
    async () => {
      await pressPrimary();
      await says(writtenBundle.sha256);
    },
  ),
  'bundle-written-sealed': bundle(
    exporting(
      (core) => core.answer('bundles.export', () => ({ ...writtenBundle, isSealed: true, hasPrograms: true, verdict: 'fail' })),
      validated,
    ),
    async () => {
      await pressPrimary();
      await says(writtenBundle.sha256);
    },
  ),
  'bundle-not-saved': bundle(
    exporting((core) => core.answer('bundles.export', () => null), validated),
    async () => {
      await pressPrimary();
      await shown('main [role="note"]');
    },
  ),
  'bundle-not-validated': bundle(
    exporting(() => undefined, {
      ...sampleFailedCheck(),
      workflow: 'validate',
      runId: 'validation',
      failure: fail('ssh.timedOut', serverSubject('server-2'), { values: { endpoint: '10.77.0.12:22', seconds: 15 } }).failure,
    }),
    async () => {
      await pressPrimary();
      await shown('main [role="alert"]');
    },
  ),
  'bundle-plain-written': bundle(
    (core) => core.answer('bundles.exportPlain', () => writtenFolder),
    async () => {
      await writePlain();
      await says(writtenFolder.readme.name);
      showPlain();
    },
  ),
  'bundle-plain-taken': bundle(
    (core) =>
      core.answer('bundles.exportPlain', () => {
        const reason = say(message('storage.folder.changed', { file: 'site.yml' }));
        throw fail('export.folderTaken', adminSubject, { values: { folder: '/home/ana/clusters/sessions-ansible', file: reason } });
      }),
    async () => {
      await writePlain();
      await shown('main [role="alert"]');
      showPlain();
    },
  ),
  'bundle-inspect': bundle(undefined, openInspect),
  'bundle-inspected': bundle(
    (core) => core.answer('bundles.inspect', () => inspectedBundle),
    async () => {
      await choose();
      await says(inspectedBundle.sha256);
    },
  ),
  'bundle-damaged': bundle(
    (core) => core.answer('bundles.inspect', damaged),
    async () => {
      await choose();
      await shown('main [role="alert"]');
    },
  ),
  'bundle-same': bundle(
    (core) => {
      core.answer('bundles.inspect', () => inspectedBundle);
      core.answer('bundles.compare', () => ({ ...comparedBundle, second: { kind: 'planned' }, differences: [] }));
    },
    async () => {
      await choose();
      await says(inspectedBundle.sha256);
      await pressPrimary();
      await shown('#triad-bundle-differences');
    },
  ),
  'bundle-differs': bundle(
    (core) => {
      core.answer('bundles.inspect', () => inspectedBundle);
      core.answer('bundles.compare', () => comparedBundle);
    },
    async () => {
      await choose();
      await says(inspectedBundle.sha256);
      await pressPrimary();
      await shown('#triad-bundle-differences');
      await says('cluster-node-timeout');
    },
  ),
  'bundle-taken': bundle(
    (core) => core.answer('bundles.taken', () => takenBundle),
    async () => {
      await shown('#triad-bundle-give');
    },
  ),
  'bundle-taken-known': bundle(
    (core) => core.answer('bundles.taken', () => ({ ...takenBundle, hasPassword: true, absentFiles: [], newRuns: 0 })),
    async () => {
      await shown('#triad-bundle-give');
    },
  ),
  history: history(),
  'history-empty': history([]),
  'history-marked': history(historyEntries, async () => {
    await press('main tbody tr:nth-of-type(2) input');
    await shown('main tr[data-marked="true"]');
  }),
  'history-failure': (core) => {
    core.answer('history.list', () => {
      throw fail('storage.damaged', adminSubject, { values: { file: 'drafts/1.json', kept: '1.json.damaged' } });
    });
    return step('history', [install], {}, async () => {
      await shown('main [role="alert"]');
    })(core);
  },
  'history-report': historyRun(2, 'r8', null, async () => {
    await shown('main iframe');
  }),
  'history-watch': historyRun(1, 'r9', { ...sampleInstall(), workflow: 'validate' }, async () => {
    await shown('main [role="log"], main input');
  }),
  'history-interrupted': historyRun(9, 'r1', sampleFailoverTest(), async () => {
    await shown('main [role="note"]');
  }),
  'history-comparison': comparison(comparedRuns),
  'history-comparison-same': comparison({ ...comparedRuns, checks: [], facts: [] }),
  'history-pruning': pruning(['r3', 'r1'], async () => {
    await shown('main tbody tr');
    await press('main input[type="checkbox"]');
  }),
  'history-pruning-none': pruning([], async () => undefined),
} as const satisfies Readonly<Record<string, Scene>>;
