import type { ReactElement } from 'react';
import type { Report, ReportCheck, ReportMatrix } from '../shared/domain/report.ts';
import { formatDuration } from '../shared/domain/reportFormat.ts';
import { ADMIN_MACHINE } from '../shared/domain/subject.ts';
import { isSameWay, type MatrixWay } from '../shared/figures/matrixMoves.ts';
import { PortMatrix } from '../shared/figures/PortMatrix.tsx';
import { text } from '../shared/figures/text.ts';
import { Disclosure } from './Disclosure.tsx';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';
import { VerdictSymbol } from './VerdictMark.tsx';

/** Which server reaches which port of which other server, at each moment at which it was measured. */
export function MatrixSection({ report }: { readonly report: Report }): ReactElement {
  return (
    <Section id="reachability" title={text('report.section.matrix')}>
      {report.matrices.map((matrix, index) => (
        <MatrixFigure key={`${index} ${matrix.measuredOn}`} id={`matrix-${index + 1}`} matrix={matrix} checks={report.checks} />
      ))}
    </Section>
  );
}

/** Whether a way is closed now and opened by the plan: the only thing that a check of a way between servers warns of. */
function isToBeOpened(way: MatrixWay, checks: readonly ReportCheck[]): boolean {
  return checks.some(
    ({ id, verdict, about }) =>
      verdict === 'warn' && (id === 'pair.dataPort' || id === 'pair.busPort') && about.kind === 'pair' && isSameWay(about, way),
  );
}

function MatrixFigure({
  id,
  matrix,
  checks,
}: {
  readonly id: string;
  readonly matrix: ReportMatrix;
  readonly checks: readonly ReportCheck[];
}): ReactElement {
  return (
    <article className="matrix">
      <h3>{text(`report.matrix.title.${matrix.measuredOn}`)}</h3>
      <p className="story">{matrix.summary}</p>
      {matrix.findings.length > 0 && (
        <ul className="findings">
          {matrix.findings.map((finding) => (
            <li key={finding.text} className={`is-${finding.verdict}`}>
              <VerdictSymbol verdict={finding.verdict} />
              {finding.text}
            </li>
          ))}
        </ul>
      )}
      <figure>
        <div className="scroll">
          <PortMatrix id={id} matrix={matrix} title={text('report.matrix.title')} toBeOpened={(way) => isToBeOpened(way, checks)} />
        </div>
      </figure>
      <Disclosure summary={text('report.page.asTable')} className="data behind">
        <MatrixTable matrix={matrix} />
      </Disclosure>
    </article>
  );
}

function MatrixTable({ matrix }: { readonly matrix: ReportMatrix }): ReactElement {
  const ways = [...matrix.servers, ADMIN_MACHINE].flatMap((from) => matrix.servers.filter((to) => to !== from).map((to) => ({ from, to })));
  const tried = ways.filter(({ from, to }) => matrix.cells.some((cell) => cell.from === from && cell.to === to));
  return (
    <Table
      columns={[
        { heading: text('report.matrix.fromTo') },
        ...matrix.ports.map((port) => ({ heading: String(port), kind: 'number' as const })),
      ]}
      rows={tried.map(({ from, to }) => ({
        key: `${from} ${to}`,
        cells: [
          `${from === ADMIN_MACHINE ? text('report.matrix.admin') : from} → ${to}`,
          ...matrix.ports.map((port) => {
            const cell = matrix.cells.find((one) => one.from === from && one.to === to && one.port === port);
            if (cell === undefined) return text('report.matrix.notTried');
            return (
              <span key="cell" title={cell.evidence}>
                {text(`report.reach.${cell.reach}`)} <span className="muted">{formatDuration(cell.durationMs)}</span>
              </span>
            );
          }),
        ],
      }))}
    />
  );
}
