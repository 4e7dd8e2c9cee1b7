import type { ReactElement } from 'react';
import type { Report } from '../shared/domain/report.ts';
import { formatBytes, formatCount, formatDuration, formatUtc } from '../shared/domain/reportFormat.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { text } from '../shared/figures/text.ts';
import { Disclosure } from './Disclosure.tsx';
import { Pair } from './PlanSection.tsx';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';
import { VerdictSymbol } from './VerdictMark.tsx';
import { Words } from './Words.tsx';

/** Versions of everything, and the hashes by which it can be compared. */
export function VersionSection({ report }: { readonly report: Report }): ReactElement {
  const { versions, hashes } = report;
  const running = [...new Set(versions.running.map((one) => one.version))].map((version) => {
    const nodes = versions.running.filter((one) => one.version === version).map((one) => one.node);
    return `${version} (${nodes.join(', ')})`;
  });
  return (
    <Section id="versions" title={text('report.section.versions')}>
      <dl className="pairs">
        <Pair term={text('report.versions.triad')}>{versions.triad}</Pair>
        <Pair term={text('report.setting.engine')}>{`${versions.engine} ${versions.engineVersion}`}</Pair>
        <Pair term={text('report.versions.origin')}>{versions.origin}</Pair>
        <Pair term={text('report.versions.licence')}>{versions.licence}</Pair>
        {running.length > 0 && <Pair term={text('report.versions.running')}>{running.join('; ')}</Pair>}
      </dl>
      <Table
        className="hashes"
        columns={[
          { heading: text('report.versions.what') },
          { heading: text('report.versions.hash'), kind: 'code' },
          { heading: text('report.versions.size'), kind: 'number' },
        ]}
        rows={hashes.map((hash) => ({
          key: hash.what,
          cells: [hash.what, hash.sha256, hash.sizeBytes === null ? '' : formatBytes(hash.sizeBytes)],
        }))}
      />
    </Section>
  );
}

/** Who, when, and everything that happened in order. */
export function RunSection({ report }: { readonly report: Report }): ReactElement {
  const { when, who } = report;
  return (
    <Section id="run" title={text('report.section.run')}>
      <dl className="pairs">
        <Pair term={text('report.run.id')}>
          <code>{report.runId}</code>
        </Pair>
        <Pair term={text('report.run.workflow')}>{report.workflow}</Pair>
        <Pair term={text('report.run.operator')}>{who.operator}</Pair>
        <Pair term={text('report.run.machine')}>{who.adminMachine}</Pair>
        <Pair term={text('report.run.started')}>{`${when.startedAtLocal} (${when.timeZone})`}</Pair>
        <Pair term={text('report.run.finished')}>
          {when.finishedAtLocal === null ? text('report.run.unfinished') : `${when.finishedAtLocal} (${when.timeZone})`}
        </Pair>
        <Pair term={text('report.run.startedUtc')}>{formatUtc(when.startedAt)}</Pair>
        {when.finishedAt !== null && <Pair term={text('report.run.finishedUtc')}>{formatUtc(when.finishedAt)}</Pair>}
        <Pair term={text('report.run.duration')}>{formatDuration(when.durationMs)}</Pair>
      </dl>
      <Phases report={report} />
      <Measurements report={report} />
      <Commands report={report} />
      <Notes report={report} />
    </Section>
  );
}

function Phases({ report }: { readonly report: Report }): ReactElement {
  return (
    <>
      <h3>{text('report.run.phases')}</h3>
      <Table
        columns={[
          { heading: text('report.run.phase') },
          { heading: text('report.page.server') },
          { heading: text('report.run.start'), kind: 'number' },
          { heading: text('report.run.took'), kind: 'number' },
          { heading: text('report.run.outcome') },
        ]}
        rows={report.phases.map((phase, index) => ({
          key: `${index} ${phase.phase}`,
          cells: [
            phase.title,
            phase.server ?? text('report.page.wholeCluster'),
            formatDuration(phase.startedMs),
            formatDuration(phase.durationMs),
            <PhaseEnd key="end" outcome={phase.outcome} failure={phase.failure?.title ?? null} />,
          ],
        }))}
      />
    </>
  );
}

function PhaseEnd({
  outcome,
  failure,
}: {
  readonly outcome: Report['phases'][number]['outcome'];
  readonly failure: string | null;
}): ReactElement {
  const words = text(`report.phaseOutcome.${outcome ?? 'none'}`);
  if (outcome !== 'failed') return <span>{words}</span>;
  return (
    <span className="mark is-fail">
      <VerdictSymbol verdict="fail" />
      {failure === null ? words : `${words}: ${failure}`}
    </span>
  );
}

function Measurements({ report }: { readonly report: Report }): ReactElement | null {
  if (report.measurements.length === 0) return null;
  const format = { ms: formatDuration, count: formatCount, bytes: formatBytes } as const;
  return (
    <>
      <h3>{text('report.run.measurements')}</h3>
      <Table
        columns={[
          { heading: text('report.run.measurement') },
          { heading: text('report.page.server') },
          { heading: text('report.plan.value'), kind: 'number' },
        ]}
        rows={report.measurements.map((one, index) => ({
          key: `${index} ${one.name}`,
          cells: [one.label, one.server ?? text('report.page.wholeCluster'), format[one.unit](one.value)],
        }))}
      />
    </>
  );
}

function Commands({ report }: { readonly report: Report }): ReactElement | null {
  if (report.clusterCommands.length === 0) return null;
  return (
    <Disclosure summary={`${text('report.run.commands')} (${report.clusterCommands.length})`} className="group">
      <Table
        columns={[
          { heading: text('report.page.node') },
          { heading: text('report.page.time'), kind: 'number' },
          { heading: text('report.run.command'), kind: 'code' },
        ]}
        rows={report.clusterCommands.map((one, index) => ({
          key: String(index),
          cells: [one.node, formatDuration(one.atMs), one.command],
        }))}
      />
    </Disclosure>
  );
}

const NOTE_VERDICT: Readonly<Record<Report['notes'][number]['level'], Verdict>> = { info: 'skipped', warn: 'warn', error: 'fail' };

function Notes({ report }: { readonly report: Report }): ReactElement | null {
  if (report.notes.length === 0) return null;
  return (
    <>
      <h3>{text('report.run.notes')}</h3>
      <Table
        columns={[
          { heading: text('report.page.time'), kind: 'number' },
          { heading: text('report.page.server') },
          { heading: text('report.run.note') },
        ]}
        rows={report.notes.map((note, index) => ({
          key: String(index),
          cells: [
            formatDuration(note.atMs),
            note.server ?? text('report.page.wholeCluster'),
            <span key="note" className={note.level === 'info' ? '' : `mark is-${NOTE_VERDICT[note.level]}`}>
              {note.level !== 'info' && <VerdictSymbol verdict={NOTE_VERDICT[note.level]} />}
              <Words>{note.text}</Words>
            </span>,
          ],
        }))}
      />
    </>
  );
}
