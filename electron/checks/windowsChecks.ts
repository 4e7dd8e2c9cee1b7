import { clusterPorts, distributionOn, exclusionsOn, nodesOnServer, placesOn, platformOf } from '../shared/domain/plan.ts';
import type { ServerFacts, WindowsFacts } from '../shared/domain/server.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { message } from '../shared/messages/message.ts';
import type { Check, Judgement } from './check.ts';
import { isOurUnit, type CheckContext } from './checkContext.ts';
import { eachServer } from './eachServer.ts';
import { diskOf } from './foundDisk.ts';
import { experimentalRedis } from './server/experimentalRedis.ts';
import { windows } from './server/windows.ts';
import { judgeWindowsCommit } from './server/windowsCommit.ts';
import { judgeWindowsDefender } from './server/windowsDefender.ts';
import { judgeWindowsDisk } from './server/windowsDisk.ts';
import { judgeWindowsHelper } from './server/windowsHelper.ts';
import { judgeWindowsMemory } from './server/windowsMemory.ts';
import { judgeWindowsPageFile } from './server/windowsPageFile.ts';
import { judgeWindowsPorts } from './server/windowsPorts.ts';
import { judgeWindowsPowershell } from './server/windowsPowershell.ts';

/** A disk that is built in, as the helper names kinds of disks. */
const FIXED = 'fixed';

type ServerCheck = Check<readonly ServerFacts[]>;
type JudgeWindows = (facts: ServerFacts, seen: WindowsFacts, context: CheckContext) => Judgement;

/** A check with one result for each Windows server of the plan, and none for the others. */
function eachWindowsServer(id: ServerCheck['id'], verdicts: readonly Verdict[], judge: JudgeWindows): ServerCheck {
  const check = eachServer(id, verdicts, (facts, context) =>
    facts.windows === null || facts.windows === undefined
      ? {
          verdict: 'unknown',
          expected: message('check.unobserved.expected'),
          observed: message('check.unobserved.noReason'),
          evidence: '',
          remedy: message('check.unread.remedy'),
        }
      : judge(facts, facts.windows, context),
  );
  return {
    ...check,
    judge: (facts, context) =>
      check
        .judge(facts, context)
        .filter(({ subject }) => subject.kind === 'server' && platformOf(context.plan, subject.server) === 'windows'),
  };
}

/** A check that only says something of servers whose Redis runs on msys2: others are not known to copy the memory of a process for each save. */
function whereMemoryIsCopied(check: ServerCheck): ServerCheck {
  return {
    ...check,
    judge: (facts, context) =>
      check
        .judge(facts, context)
        .filter(({ subject }) => subject.kind === 'server' && distributionOn(context.plan, subject.server).runtime === 'msys2'),
  };
}

/** What the nodes of this cluster hold already takes a part of the room that is wanted for them: where they run, too little is only a warning. */
function unlessRunning(judgement: Judgement, facts: ServerFacts, { plan }: CheckContext): Judgement {
  const isRunning = facts.units.some(({ unit, active }) => isOurUnit(plan, unit) && active === 'active');
  return isRunning && judgement.verdict === 'fail' ? { ...judgement, verdict: 'warn' } : judgement;
}

// Whoever told the facts without saying by what way had the program: journals of older versions do not say it.
const windowsHelper = eachWindowsServer('server.windowsHelper', ['pass', 'warn', 'fail'], (_facts, { helper, languageMode }, { plan }) =>
  judgeWindowsHelper({
    helper: helper ?? { state: 'runs', sha256: null },
    languageMode,
    isOwnService: plan.windowsService === 'own',
  }),
);

const windowsMemory = whereMemoryIsCopied(
  eachWindowsServer('server.windowsMemory', ['pass', 'fail'], ({ memoryBytes }, _seen, { plan }) =>
    judgeWindowsMemory({ memoryBytes, maxMemoryBytes: plan.settings.maxMemoryBytes }),
  ),
);

const windowsCommit = whereMemoryIsCopied(
  eachWindowsServer('server.windowsCommit', ['pass', 'warn', 'fail'], (facts, seen, context) =>
    unlessRunning(
      judgeWindowsCommit({
        nodes: nodesOnServer(context.plan, facts.server).length,
        maxMemoryBytes: context.plan.settings.maxMemoryBytes,
        commitAvailableBytes: seen.commitAvailableBytes,
      }),
      facts,
      context,
    ),
  ),
);

const windowsPageFile = eachWindowsServer('server.windowsPageFile', ['pass', 'warn'], ({ swapBytes }) =>
  judgeWindowsPageFile({ pageFileBytes: swapBytes }),
);

const windowsDisk = eachWindowsServer('server.windowsDisk', ['pass', 'warn', 'fail'], (facts, _seen, context) => {
  const folder = placesOn(context.plan, facts.server).folders.data;
  const disk = diskOf(facts, folder);
  return unlessRunning(
    judgeWindowsDisk({
      nodes: nodesOnServer(context.plan, facts.server).length,
      maxMemoryBytes: context.plan.settings.maxMemoryBytes,
      root: disk?.mountPoint ?? folder,
      fileSystem: disk?.fileSystem ?? '',
      isFixed: disk?.options.includes(FIXED) ?? false,
      freeBytes: disk?.freeBytes ?? Number.NaN,
    }),
    facts,
    context,
  );
});

const windowsPorts = eachWindowsServer('server.windowsPorts', ['pass', 'warn', 'fail'], (_facts, seen, { plan }) => {
  const ports = clusterPorts(plan);
  return judgeWindowsPorts({
    ports,
    // The attempt to listen on the very ports tells what no list of ranges has, and where none can be read.
    excluded: [...(seen.excludedPorts ?? []), ...seen.reservedPorts.map((port) => [port, port] as const)],
    dynamic: seen.dynamicPorts,
  });
});

const windowsDefender = eachWindowsServer('server.windowsDefender', ['pass', 'warn', 'skipped'], ({ server }, { defender }, context) =>
  judgeWindowsDefender({
    defender,
    folders: nodesOnServer(context.plan, server).map(({ dataFolder }) => dataFolder),
    planned: exclusionsOn(context.plan, server),
    stage: context.stage,
    refusal: refusedExclusion(server, context),
    isAdopted: context.plan.adopted === true,
  }),
);

/** Why an exclusion was refused in this run, the last word of Defender; null where none was. */
function refusedExclusion(server: string, { applied = [] }: CheckContext): string | null {
  const refused = applied.filter(
    (one) =>
      one.server === server && one.change.kind === 'defender' && one.change.action === 'exclude' && one.outcome.outcome === 'refused',
  );
  return refused.at(-1)?.outcome.evidence ?? null;
}

const windowsPowershell = eachWindowsServer('server.windowsPowershell', ['pass'], (_facts, { languageMode }) =>
  judgeWindowsPowershell({ languageMode }),
);

/** What is judged of Windows servers beside what is judged of every server; nothing is said of a cluster without one. */
export const WINDOWS_CHECKS: readonly ServerCheck[] = [
  windows,
  experimentalRedis,
  windowsHelper,
  windowsMemory,
  windowsCommit,
  windowsPageFile,
  windowsDisk,
  windowsPorts,
  windowsDefender,
  windowsPowershell,
];
