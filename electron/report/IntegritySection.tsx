import { useContext, type ReactElement } from 'react';
import type { Report } from '../shared/domain/report.ts';
import { formatCount } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';
import { MediumContext } from './Disclosure.tsx';
import { Pair } from './PlanSection.tsx';
import { RECORD_FILE } from './recordAttachment.ts';
import { stampLine, stampOf } from './reportStamp.ts';
import { Section } from './Section.tsx';
import { Words } from './Words.tsx';

/** By what the report can be verified, and where the raw data is. `hasRecord`: the page itself holds the packed record. */
export function IntegritySection({ report, hasRecord }: { readonly report: Report; readonly hasRecord: boolean }): ReactElement | null {
  const stamp = stampOf(report);
  const isPaper = useContext(MediumContext) === 'paper';
  if (stamp === null) return null;
  return (
    <Section id="integrity" title={text('report.section.integrity')}>
      <dl className="pairs">
        <Pair term={text('report.integrity.hash')}>
          <code>{stamp.sha256}</code>
        </Pair>
        <Pair term={text('report.integrity.record')}>
          {text('report.integrity.size', { events: formatCount(stamp.events), bytes: formatCount(stamp.sizeBytes) })}
        </Pair>
        <Pair term={text('report.integrity.raw')}>
          {hasRecord ? (
            <>
              {isPaper ? (
                RECORD_FILE
              ) : (
                <a download={RECORD_FILE} href="data:application/gzip;base64,">
                  {RECORD_FILE}
                </a>
              )}{' '}
              {text('report.integrity.attached')}
            </>
          ) : (
            text('report.integrity.beside', { file: RECORD_FILE })
          )}
        </Pair>
        <Pair term={text('report.integrity.verify')}>
          <Words>{text('report.integrity.command')}</Words>
        </Pair>
      </dl>
      <p className="caption">
        <code>{stampLine(stamp)}</code>
      </p>
    </Section>
  );
}
