import { impactTotals } from '../../electron/shared/domain/clientImpact.ts';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import { markMessage } from '../../electron/shared/domain/markMessage.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import { formatSubject, type Subject } from '../../electron/shared/domain/subject.ts';
import type { Verdict } from '../../electron/shared/domain/verdict.ts';
import { isMessageCode, message } from '../../electron/shared/messages/message.ts';

/** How much a line of the log matters; `detail` is hidden by nothing but can be filtered away. */
export type LogLevel = 'detail' | 'info' | 'warn' | 'error';

/** One line of a run's log: an event that is worth reading. */
export interface LogLine {
  /** The event's number: unique in a run, ascending. */
  readonly seq: number;
  /** UTC. */
  readonly at: string;
  /** Milliseconds since the run began. */
  readonly atMs: number;
  /** Null: the cluster as a whole, or the admin's machine. */
  readonly server: string | null;
  /** What exactly it is about: a server, a node, a pair of servers; null for the cluster as a whole. */
  readonly where: string | null;
  /** A code of the catalogue without its `phase.`, such as `startNodes`; null between phases. */
  readonly phase: string | null;
  readonly text: Message;
  readonly level: LogLevel;
}

function levelOf(verdict: Verdict): LogLevel {
  switch (verdict) {
    case 'pass':
    case 'skipped':
      return 'detail';
    case 'warn':
    case 'passWithoutTolerance':
      return 'warn';
    case 'fail':
    case 'unknown':
      return 'error';
  }
}

function serverOf(subject: Subject): string | null {
  switch (subject.kind) {
    case 'server':
    case 'node':
      return subject.server;
    case 'pair':
      return subject.from;
    case 'cluster':
    case 'admin':
      return null;
  }
}

function whereOf(subject: Subject): string | null {
  return subject.kind === 'cluster' || subject.kind === 'admin' ? null : formatSubject(subject);
}

/** The title of a phase as a message; a phase that the catalogue does not know is shown by its name. */
export function phaseTitle(phase: string): Message {
  const code = `phase.${phase}`;
  return isMessageCode(code) ? { code, values: {} } : { code: phase, values: {} };
}

/** The line that an event is worth in the log, or null for one that is only measured or drawn. */
export function logLineOf(event: RunEvent): LogLine | null {
  const line = (text: Message, level: LogLevel, server: string | null = null, phase: string | null = null): LogLine => ({
    seq: event.seq,
    at: event.at,
    atMs: event.sinceStartMs,
    server,
    where: server,
    phase,
    text,
    level,
  });
  switch (event.type) {
    case 'runStarted':
      return line(message('window.log.runStarted'), 'info');
    case 'phaseStarted':
      return line(message('window.log.phaseStarted'), 'detail', event.server, event.phase);
    case 'phaseProgress':
      return line(event.message, 'detail', event.server, event.phase);
    case 'phaseFinished':
      if (event.failure !== null)
        return line({ code: event.failure.code, values: event.failure.values }, 'error', event.server, event.phase);
      return line(message(`window.log.phase.${event.outcome}`), event.outcome === 'failed' ? 'error' : 'info', event.server, event.phase);
    case 'changesApplied': {
      const refused = event.outcomes.filter(({ outcome }) => outcome === 'refused').length;
      const done = event.outcomes.length - refused;
      return refused === 0
        ? line(message('window.log.changesApplied', { done }), 'info', event.server, event.phase)
        : line(message('window.log.changesRefused', { done, refused }), 'warn', event.server, event.phase);
    }
    case 'clusterCommand':
      return line(message('window.log.clusterCommand', { node: event.node, command: event.command }), 'detail');
    case 'findingsKept':
      return line(message('window.log.findingsKept', { count: event.kept.checks.length }), 'info');
    case 'checkFinished': {
      const { subject, observed, verdict } = event.result;
      return { ...line(observed, levelOf(verdict), serverOf(subject), event.phase), where: whereOf(subject) };
    }
    case 'trialStarted':
      return line(message('window.log.trialStarted', { server: event.server }), 'info', event.server);
    case 'trialMark':
      return line(markMessage(event), 'info', event.server);
    case 'trialFinished':
      return line(message('window.log.trialFinished', { server: event.trial.server }), levelOf(event.trial.verdict), event.trial.server);
    case 'trialUndone':
      return line(message('window.log.trialUndone', { server: event.server }), 'info', event.server);
    case 'clientImpact':
      return line(
        message('window.log.clientImpact', { gap: Math.round(impactTotals(event.impact.shards).longestGapMs) }),
        levelOf(event.impact.verdict),
      );
    case 'note':
      return line(event.message, event.level, event.server);
    case 'runFinished':
      if (event.failure !== null) return line({ code: event.failure.code, values: event.failure.values }, 'error');
      return line(message('window.log.runFinished'), levelOf(event.verdict) === 'error' ? 'error' : 'info');
    case 'factsGathered':
    case 'changesPlanned':
    case 'matrixMeasured':
    case 'clusterObserved':
    case 'measured':
    case 'trialProgress':
    case 'trialRoles':
      return null;
  }
}
