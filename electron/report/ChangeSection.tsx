import type { ReactElement } from 'react';
import type { Report, ReportChange, ReportServer } from '../shared/domain/report.ts';
import { formatCount } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';
import { ContentsOnPaper } from './ContentsOnPaper.tsx';
import { Disclosure } from './Disclosure.tsx';
import { Diff, Raw } from './Raw.tsx';
import { countChanges } from '../shared/figures/reportWords.ts';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';
import { VerdictSymbol } from './VerdictMark.tsx';
import { Words } from './Words.tsx';

/** What was changed on each server, or would be, with the way back; and what a run that broke off left undone. */
export function ChangeSection({ report }: { readonly report: Report }): ReactElement {
  const isPlan = report.servers.every((server) => server.appliedChanges.length === 0) && report.workflow === 'plan';
  const hasAny = report.servers.some((server) => server.appliedChanges.length > 0 || server.plannedChanges.length > 0);
  return (
    <Section id="changes" title={text('report.section.changes')}>
      <TrialActions report={report} />
      {!hasAny && !hasActions(report) && (
        <p className="caption">{text(isPlan ? 'report.changes.nothingPlanned' : 'report.changes.nothing')}</p>
      )}
      {hasAny && report.workflow === 'install' && (
        <p className="caption">
          <Words>{text('report.changes.intro')}</Words>
        </p>
      )}
      {report.servers.map((server) => (
        <ServerChanges key={server.name} server={server} isPlan={isPlan} />
      ))}
      <ContentsOnPaper servers={report.servers} />
    </Section>
  );
}

/** Whether trials did anything to a server. */
export function hasActions({ failover }: Report): boolean {
  return failover.trials.some(({ actions }) => actions.length > 0);
}

/** Whether all that trials did was taken back; what was not is named. Each action stands with its trial. */
function TrialActions({ report }: { readonly report: Report }): ReactElement | null {
  if (!hasActions(report)) return null;
  const actions = report.failover.trials.flatMap((trial) => trial.actions);
  const left = actions.filter(({ undoneAtMs }) => undoneAtMs === null);
  const later = actions.filter(({ undoneBy }) => undoneBy !== undefined);
  if (left.length === 0)
    return (
      <p className="caption">
        {text('report.changes.trials', { count: formatCount(actions.length) })}
        {later.length > 0 && ` ${text('report.changes.trialsLater', { later: formatCount(later.length) })}`}
      </p>
    );
  return (
    <>
      <p className="is-fail">
        <VerdictSymbol verdict="fail" /> {text('report.changes.trialsLeft', { left: left.length, count: formatCount(actions.length) })}
      </p>
      <ul className="reasons">
        {left.map(({ server, done, atMs }) => (
          <li key={`${server} ${done} ${atMs}`}>{text('report.trial.actionOn', { server, done })}</li>
        ))}
      </ul>
    </>
  );
}

function ServerChanges({ server, isPlan }: { readonly server: ReportServer; readonly isPlan: boolean }): ReactElement | null {
  const done = new Set(server.appliedChanges.map((change) => change.id));
  const open = server.plannedChanges.filter((change) => !done.has(change.id));
  const shown = isPlan ? open : server.appliedChanges;
  const refused = server.appliedChanges.filter((change) => change.outcome === 'refused').length;
  return (
    <>
      {shown.length > 0 && (
        <Disclosure
          className="group"
          summary={
            <>
              <span className="group-title">
                {text('report.changes.done', { server: server.name, changes: countChanges(shown.length) })}
              </span>
              {refused > 0 && (
                <span className="mark is-warn">
                  <VerdictSymbol verdict="warn" />
                  {text('report.changes.refused', { count: refused })}
                </span>
              )}
            </>
          }
        >
          <ChangeTable changes={shown} />
        </Disclosure>
      )}
      {!isPlan && open.length > 0 && (
        <Disclosure
          className="group"
          summary={
            <>
              <span className="group-title">
                {text('report.changes.done', { server: server.name, changes: countChanges(open.length) })}
              </span>
              <span className="mark is-unknown">{text('report.changes.open')}</span>
            </>
          }
        >
          <ChangeTable changes={open} />
        </Disclosure>
      )}
    </>
  );
}

function ChangeTable({ changes }: { readonly changes: readonly ReportChange[] }): ReactElement {
  return (
    <Table
      className="changes"
      columns={[
        { heading: text('report.changes.change') },
        { heading: text('report.changes.outcome'), kind: 'narrow' },
        { heading: text('report.changes.undo') },
      ]}
      rows={changes.map((change) => ({
        key: `${change.phase ?? ''} ${change.id}`,
        cells: [
          <ChangeWords key="change" change={change} />,
          <Outcome key="outcome" change={change} />,
          <Undo key="undo" change={change} />,
        ],
      }))}
    />
  );
}

function ChangeWords({ change }: { readonly change: ReportChange }): ReactElement {
  return (
    <>
      <span className="title">
        <Words>{change.title}</Words>
      </span>
      {change.detail !== '' && (
        <span className="detail">
          <Words>{change.detail}</Words>
        </span>
      )}
      {change.evidence !== '' && <Raw>{change.evidence}</Raw>}
      {change.commands.length > 0 && (
        <Disclosure summary={text('report.changes.commands')} className="data">
          <Raw>{change.commands.join('\n')}</Raw>
        </Disclosure>
      )}
      {change.diff !== null && change.diff !== '' && (
        <Disclosure summary={text('report.changes.diff')} className="data on-screen">
          <Diff>{change.diff}</Diff>
        </Disclosure>
      )}
      {change.diff === null && change.content !== null && (
        <Disclosure summary={text('report.changes.content')} className="data on-screen">
          <Raw>{change.content}</Raw>
        </Disclosure>
      )}
    </>
  );
}

function Outcome({ change }: { readonly change: ReportChange }): ReactElement {
  if (change.outcome !== 'refused') return <span>{text(`report.outcome.${change.outcome}`)}</span>;
  return (
    <span className="mark is-warn">
      <VerdictSymbol verdict="warn" />
      {text('report.outcome.refused')}
    </span>
  );
}

function Undo({ change }: { readonly change: ReportChange }): ReactElement {
  if (!change.isUndoCommand) return <Words>{change.undo.join(' ')}</Words>;
  return (
    <>
      {change.undo.map((command, index) => (
        <code key={`${index} ${command}`} className="command">
          {command}
        </code>
      ))}
    </>
  );
}
