import type { CheckResult } from '../shared/domain/check.ts';
import type { RunEvent, PhaseOutcome } from '../shared/domain/events.ts';
import { lostServersOf, lostServerUnder } from '../shared/domain/lostServers.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { markMessage } from '../shared/domain/markMessage.ts';
import { message, say } from '../shared/messages/message.ts';
import { formatDuration, verdictMark, type Style } from '../report/style.ts';
import { checkText } from './failureText.ts';
import { countChecks } from './countChecks.ts';

/** Shows a run while it goes on. */
export interface Progress {
  onEvent(event: RunEvent, record: RunRecord): void;
  /** Clears what is only there for the moment, such as the line of the running phase. */
  pause(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const TITLE_WIDTH = 30;
/** The checks that a phase makes, by the beginning of their ids. */
const COUNTED: Readonly<Record<string, string>> = { checkServers: 'server.', checkReachability: 'pair.', verifyCluster: '' };
/** Gates that only ever matter when they close. */
const QUIET: ReadonlySet<string> = new Set([
  'requireConfirmation',
  'requireScenarios',
  'requireFirewall',
  'requireOwnService',
  'confirmOnData',
  'findPassword',
  'protectRunning',
  'confirmChanges',
  'decideProbeRoute',
  'observeCluster',
  'requireNoMaintenance',
  'reportMaintenance',
]);
/** Findings of one kind that are shown as they come; the summary at the end tells on which others they are. */
const MOST_ALIKE = 3;
const CLEAR_LINE = '\r\u001B[K';

function outcomeMark(outcome: PhaseOutcome | null, style: Style): string {
  switch (outcome) {
    case null:
      return style.dim('…');
    case 'changed':
    case 'observed':
      return style.green('✓');
    case 'alreadyDone':
      return style.dim('=');
    case 'failed':
      return style.red('✗');
    case 'aborted':
      return style.yellow('■');
  }
}

function worst(outcomes: readonly (PhaseOutcome | null)[]): PhaseOutcome | null {
  for (const outcome of ['failed', 'aborted', null, 'changed', 'observed'] as const) if (outcomes.includes(outcome)) return outcome;
  return 'alreadyDone';
}

/** Whether a check could not be made because of a server that the run went on without. */
function isOfLost({ subject, verdict }: CheckResult, { checks }: RunRecord): boolean {
  if (verdict !== 'unknown') return false;
  return (
    lostServerUnder(
      subject,
      lostServersOf(checks, (check) => check.subject),
    ) !== null
  );
}

/** The title of a phase; one for a server (`vacateServer:server-1`) shows it, a trial (`loseServer:server-1:networkCut:2`) its scenario and round too. */
export function phaseTitle(phase: string): string {
  const [id = phase, server, scenario, round] = phase.split(':');
  const title = say({ code: `phase.${id}`, values: {} });
  if (server === undefined) return title;
  if (scenario === undefined) return `${title} ${server}`;
  const times = round === undefined || round === '1' ? '' : ` (${round})`;
  return `${title} ${server}: ${say({ code: `scenario.${scenario}`, values: {} })}${times}`;
}

/** A line per phase, with its servers; on a terminal the line of the running phase changes in place. Failed checks follow their phase. */
export function createProgress(stream: Stream, style: Style): Progress {
  const isLive = stream.isTTY === true;
  let isLineOpen = false;
  let note = '';
  /** Shown and held back findings of the running phase, by check and verdict. */
  const alike = new Map<string, number>();
  /** Checks of the running phase that would have needed a server that is lost: told as a number, because the server itself was told already. */
  let notMade = 0;
  let unmade = 0;
  /** Results that were shown: a later phase may come to the same again. */
  const told = new Set<string>();

  const clear = (): void => {
    if (isLineOpen) stream.write(CLEAR_LINE);
    isLineOpen = false;
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  const tellHeldBack = (): void => {
    const count = [...alike.values()].reduce((sum, shown) => sum + Math.max(0, shown - MOST_ALIKE), 0);
    if (count > 0) line(style.dim(`    ${say(message('cli.moreAlike', { count }))}`));
    if (notMade > 0) line(`  ${verdictMark('unknown', style)} ${say(message('cli.notMade', { count: notMade }))}`);
    if (unmade > 0) line(`  ${verdictMark('unknown', style)} ${say(message('cli.notMadeWithoutSsh', { count: unmade }))}`);
    alike.clear();
    notMade = 0;
    unmade = 0;
  };
  const phaseLine = (record: RunRecord, phase: string): string => {
    const parts = record.phases.filter((one) => one.phase === phase);
    const outcome = worst(parts.map((one) => one.outcome));
    const duration = Math.max(...parts.map((one) => one.durationMs ?? 0));
    const servers = parts.flatMap((one) => (one.server === null ? [] : [`${one.server} ${outcomeMark(one.outcome, style)}`])).join('  ');
    const prefix = COUNTED[phase];
    const checks =
      prefix === undefined || outcome === null
        ? ''
        : countChecks(
            record.checks.filter((check) => check.isKept !== true),
            prefix,
          );
    const aside = [servers, checks, outcome === 'alreadyDone' ? say(message('cli.nothingToDo')) : '', outcome === null ? note : ''];
    const time = outcome === null ? '' : formatDuration(duration);
    const details = aside.filter((one) => one !== '').join('  ');
    return `  ${outcomeMark(outcome, style)} ${phaseTitle(phase).padEnd(TITLE_WIDTH)} ${time.padStart(8)}${details === '' ? '' : `   ${style.dim(details)}`}`;
  };

  return {
    pause: clear,
    onEvent: (event, record) => {
      switch (event.type) {
        case 'runStarted':
          line(`${style.bold(say(message('cli.runTitle', { workflow: event.workflow, cluster: event.cluster })))}\n`);
          return;
        case 'phaseProgress':
          note = say(event.message);
          break;
        case 'phaseStarted':
          note = '';
          if (event.server === null) alike.clear();
          break;
        case 'phaseFinished': {
          // The engine starts a phase on all its servers before any of them can end.
          const parts = record.phases.filter((one) => one.phase === event.phase);
          if (parts.every((one) => one.outcome !== null)) {
            tellHeldBack();
            if (!QUIET.has(event.phase) || event.outcome === 'failed') line(phaseLine(record, event.phase));
            return;
          }
          break;
        }
        case 'trialMark':
          line(`      ${style.dim(`${(event.mark.atMs / 1000).toFixed(2).padStart(7)} s`)}  ${say(markMessage(event))}`);
          return;
        case 'checkFinished': {
          const { id, verdict } = event.result;
          if (verdict !== 'fail' && verdict !== 'unknown' && verdict !== 'passWithoutTolerance') return;
          const result = JSON.stringify(event.result);
          if (told.has(result)) return;
          told.add(result);
          if (event.result.unmade !== undefined) {
            unmade += 1;
            return;
          }
          if (isOfLost(event.result, record)) {
            notMade += 1;
            return;
          }
          const count = (alike.get(`${id} ${verdict}`) ?? 0) + 1;
          alike.set(`${id} ${verdict}`, count);
          if (count <= MOST_ALIKE) line(checkText(event.result, style));
          return;
        }
        case 'note':
          tellHeldBack();
          line(
            `  ${verdictMark(event.level === 'info' ? 'skipped' : event.level === 'warn' ? 'warn' : 'fail', style)} ${event.server === null ? '' : `${event.server}: `}${style.sentence(say(event.message)).replaceAll('\n', '\n    ')}`,
          );
          return;
        case 'factsGathered':
        case 'changesPlanned':
        case 'changesApplied':
        case 'clusterCommand':
        case 'findingsKept':
        case 'matrixMeasured':
        case 'clusterObserved':
        case 'measured':
        case 'trialStarted':
        case 'trialProgress':
        case 'trialRoles':
        case 'trialFinished':
        case 'trialUndone':
        case 'clientImpact':
        case 'runFinished':
          return;
      }
      if (!isLive) return;
      const running = record.phases.findLast((one) => one.outcome === null);
      if (running === undefined || QUIET.has(running.phase)) return;
      stream.write(`${CLEAR_LINE}${phaseLine(record, running.phase)}`);
      isLineOpen = true;
    },
  };
}
