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

type Phase = Report['phases'][number];

/** One row per phase with a column per server: they run side by side, and so they are compared. */
function Phases({ report }: { readonly report: Report }): ReactElement | null {
  const { phases, servers } = report;
  if (phases.length === 0) return null;
  const places = [...servers.map((server) => server.name), null];
  return (
    <>
      <h3>{text('report.run.phases')}</h3>
      <Table
        className="phases"
        columns={[
          { heading: text('report.run.phase') },
          { heading: text('report.run.start'), kind: 'number' },
          ...places.map((place) => ({ heading: place ?? text('report.page.wholeCluster'), kind: 'number' as const })),
          { heading: text('report.run.outcome') },
        ]}
        rows={phaseRows(phases).map((row, index) => ({
          key: `${index} ${row.title}`,
          cells: [
            row.title,
            formatDuration(Math.min(...row.parts.map((part) => part.startedMs))),
            ...places.map((place) => {
              const part = row.parts.find((one) => one.server === place);
              return part === undefined ? '' : formatDuration(part.durationMs);
            }),
            <PhaseEnd key="end" parts={row.parts} />,
          ],
        }))}
      />
    </>
  );
}

/** Neighbouring entries of one phase on different servers, as one row. */
function phaseRows(phases: readonly Phase[]): readonly { readonly title: string; readonly parts: readonly Phase[] }[] {
  const rows: { readonly title: string; readonly phase: string; readonly parts: Phase[] }[] = [];
  for (const part of phases) {
    const last = rows.at(-1);
    if (last?.phase === part.phase && !last.parts.some((one) => one.server === part.server)) last.parts.push(part);
    else rows.push({ title: part.title, phase: part.phase, parts: [part] });
  }
  return rows;
}

/** How a phase ended: one word where it ended alike everywhere, else each with its servers; a failure with its title. */
function PhaseEnd({ parts }: { readonly parts: readonly Phase[] }): ReactElement {
  const outcomes = [...new Set(parts.map((part) => part.outcome))];
  return (
    <>
      {outcomes.map((outcome) => {
        const alike = parts.filter((part) => part.outcome === outcome);
        const words = text(`report.phaseOutcome.${outcome ?? 'none'}`);
        const where = alike.map((part) => part.server ?? '').filter((name) => name !== '');
        const named = outcomes.length === 1 || where.length === 0 ? words : `${where.join(', ')}: ${words}`;
        if (outcome !== 'failed') return <p key={words}>{named}</p>;
        const reasons = [...new Set(alike.flatMap((part) => (part.failure === null ? [] : [part.failure.title])))];
        return (
          <p key={words} className="is-fail">
            <VerdictSymbol verdict="fail" /> <Words>{[named, ...reasons].join(': ')}</Words>
          </p>
        );
      })}
    </>
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
            <span key="note">
              {note.level !== 'info' && (
                <span className={`mark is-${NOTE_VERDICT[note.level]}`}>
                  <VerdictSymbol verdict={NOTE_VERDICT[note.level]} />
                </span>
              )}{' '}
              <Words>{note.text}</Words>
            </span>,
          ],
        }))}
      />
    </>
  );
}
