import { sampleFailoverTest, sampleInstall } from '../../../../electron/report/testing/sampleRecord.ts';
import type { FoundCluster } from '../../../../electron/shared/contract/adoption.ts';
import type { HomeCard } from '../../../../electron/shared/contract/procedures.ts';
import { fail } from '../../../../electron/shared/domain/failure.ts';
import type { RunRecord } from '../../../../electron/shared/domain/run.ts';
import { adminSubject } from '../../../../electron/shared/domain/subject.ts';
import { triedServers } from '../../../../electron/shared/domain/triedServers.ts';
import { fakeId, filledDraft, type FakeCore } from '../../../bridge/testing/fakeBridge.ts';
import { homeStore, startPractice } from '../../../state/home.ts';
import { press, shown, until, withDraft, type RunOf, type Scene } from './scene.ts';

const install: RunOf = { slot: 'install', record: sampleInstall() };
const failoverTest: RunOf = { slot: 'failoverTest', record: sampleFailoverTest() };

/** Clusters or none, and whether practice is possible: all of Home. */
async function homeIsRead(): Promise<void> {
  await until('the answers for Home', () => {
    const { cards, failure, practice } = homeStore.getState();
    return (cards !== null || failure !== null) && practice !== null;
  });
  await shown('main h1');
}

function ago(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}

function aged(record: RunRecord, days: number): RunRecord {
  return {
    ...record,
    startedAt: ago(days),
    finishedAt: ago(days),
    trials: record.trials.map((trial) => ({ ...trial, startedAt: ago(days) })),
  };
}

function homeOf(core: FakeCore): () => Promise<void> {
  const one = withDraft(core, { name: 'sessions', reached: 'report', updatedAt: ago(3) }, [
    { ...install, record: aged(sampleInstall(), 40) },
    { ...failoverTest, record: aged(sampleFailoverTest(), 3) },
  ]);
  withDraft(core, { name: 'cache-porto', reached: 'report', updatedAt: ago(200) }, [{ ...install, record: aged(sampleInstall(), 200) }]);
  withDraft(core, { name: 'sessions-test', reached: 'install', updatedAt: ago(0) }, [
    { slot: 'install', record: { ...sampleInstall(), startedAt: ago(0.01) }, untilMs: 1500 },
  ]);
  core.drafts.set(fakeId(9), { ...filledDraft(9, { name: 'draft' }), updatedAt: ago(1) });
  const own = core.drafts;
  core.answer('home.list', () =>
    [...own.values()].map((draft) => ({
      draftId: draft.id,
      name: draft.name,
      addresses: draft.servers.map(({ address }) => address),
      updatedAt: draft.updatedAt,
      runs: core.summaries(draft.id),
      tried: [
        ...triedServers(
          draft.servers.map(({ name }) => name),
          core.summaries(draft.id),
        ),
      ],
      survivesAnyServer: draft.id === one.id ? true : null,
      rolesAsPlanned: null,
      isComplete: true,
    })),
  );
  return homeIsRead;
}

/** A card's menu, opened; the second is an installed cluster and the last a draft. */
function menuOf(card: string): Scene {
  return (core) => {
    const ready = homeOf(core);
    return async () => {
      await ready();
      await press(`main li:${card} article button[aria-haspopup="menu"]`);
      await shown('[role="menu"] [role="menuitem"]');
    };
  };
}

/** The question before what a card shows is removed or forgotten. */
function removal(card: string): Scene {
  return (core) => {
    const opened = menuOf(card)(core);
    return async () => {
      await opened();
      await press('[role="menu"] [role="menuitem"]:last-child');
      await shown('[role="dialog"] footer, [role="dialog"] button');
      await until('the end of the menu', () => document.querySelector('[role="menu"]') === null);
    };
  };
}

const DEVIATIONS = [
  { code: 'adopt.servers', values: { count: 2, addresses: '10.0.0.1, 10.0.0.2' } },
  { code: 'adopt.uncovered', values: { covered: 10_923 } },
];

/** What looking for a running cluster gives; null: it was not looked for yet. */
function adopting(answer: FoundCluster | 'failure' | null): Scene {
  return (core) => {
    core.answer('adoption.find', () => {
      if (answer === 'failure' || answer === null)
        throw fail('redis.unreachable', adminSubject, {
          values: { node: '10.0.0.1:7000', endpoint: '10.0.0.1:7000', reason: 'ECONNREFUSED' },
        });
      return answer;
    });
    return async () => {
      await homeIsRead();
      await press('main section section:nth-of-type(2) button:last-of-type');
      const field = await shown<HTMLInputElement>('[role="dialog"] input');
      if (answer === null) return;
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, '10.0.0.1:7000');
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await press('[role="dialog"] button[type="submit"]');
      await shown(
        answer === 'failure' ? '[role="dialog"] [role="alert"]' : '[role="dialog"] [role="status"], [role="dialog"] [role="alert"]',
      );
    };
  };
}

/** Home: with clusters, without, while it is read, when that failed, and what is asked there. */
export const homeScenes = {
  home: homeOf,
  'home-empty': () => homeIsRead,
  'home-loading': (core) => {
    core.answer('home.list', () => new Promise(() => undefined));
    return async () => {
      await shown('main h1');
    };
  },
  'home-practice': (core) => {
    core.answer('practice.start', () => new Promise(() => undefined));
    return async () => {
      await homeIsRead();
      void startPractice();
      await until('the start of the practice servers', () => homeStore.getState().practiceLines !== null);
      core.push('practice.progress', ['Starting server-2 of 3']);
      await until('its progress', () => homeStore.getState().practiceLines?.length === 1);
    };
  },
  'home-impossible': (core) => {
    core.answer('practice.status', () => ({
      isPossible: false,
      reason: 'practice servers need Linux and root',
      running: null,
      whyNoWindows: null,
    }));
    return homeIsRead;
  },
  'home-failure': (core) => {
    core.answer('home.list', () => {
      throw fail('storage.damaged', adminSubject, {
        values: { file: '/home/ana/.local/share/triad/drafts/1.json', kept: '1.json.damaged' },
        evidence: 'Unexpected end of JSON input',
      });
    });
    return homeIsRead;
  },
  /** A failure above clusters that are known. */
  'home-failure-beside': (core) => {
    const ready = homeOf(core);
    core.answer('drafts.open', () => {
      throw fail('storage.damaged', adminSubject, { values: { file: '/home/ana/sessions.triad', kept: 'sessions.triad.damaged' } });
    });
    return async () => {
      await ready();
      await press('main section section:nth-of-type(2) button');
      await shown('[role="alert"]');
    };
  },
  /** A run of the command line, a maintenance that was begun, and a cluster that only the command line knows. */
  'home-command-line': (core) => {
    const one = withDraft(core, { name: 'sessions', reached: 'report', updatedAt: ago(1) }, [
      { ...install, record: aged(sampleInstall(), 12) },
    ]);
    const two = withDraft(core, { name: 'cache-porto', reached: 'report', updatedAt: ago(2) }, [
      { ...install, record: aged(sampleInstall(), 20) },
    ]);
    const begun = { ...aged(sampleInstall(), 0.1), workflow: 'maintenanceBegin' as const, verdict: 'passWithoutTolerance' as const };
    core.addRecord(two.id, { ...begun, runId: 'begun' });
    const cards = (): readonly HomeCard[] =>
      [one, two].map((draft) => ({
        draftId: draft.id,
        name: draft.name,
        addresses: draft.servers.map(({ address }) => address),
        updatedAt: draft.updatedAt,
        runs: core.summaries(draft.id),
        tried: [],
        survivesAnyServer: draft.id === one.id,
        rolesAsPlanned: draft.id === one.id,
        isComplete: true,
      }));
    core.answer('home.list', () => {
      const [first, second] = cards();
      if (first === undefined || second === undefined) return [];
      const [run] = first.runs;
      const going =
        run === undefined ? [] : [{ ...run, workflow: 'validate' as const, finishedAt: null, verdict: null, isElsewhere: true as const }];
      return [
        { ...first, runs: [...going, ...first.runs] },
        second,
        { ...second, draftId: null, name: 'queue', addresses: ['10.79.0.1', '10.79.0.2', '10.79.0.3'], isComplete: false },
      ];
    });
    return homeIsRead;
  },
  'adopt-address': adopting(null),
  'adopt-failure': adopting('failure'),
  'adopt-found': adopting({
    kind: 'found',
    id: fakeId(5),
    plan: { ...sampleInstall().plan, adopted: true },
    text: '# A cluster that Triad did not install, as it was found.\nschemaVersion: 1\nname: adopted\n',
  }),
  'adopt-deviates': adopting({ kind: 'deviates', deviations: DEVIATIONS }),
  'home-menu': menuOf('nth-child(2)'),
  'home-forget': removal('nth-child(2)'),
  'home-remove': removal('last-child'),
} as const satisfies Readonly<Record<string, Scene>>;
