import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Report } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';
import { inLanguage } from '../shared/messages/message.ts';
import { ChangeSection, hasActions } from './ChangeSection.tsx';
import { CheckSection } from './CheckSection.tsx';
import { ClientSection } from './ClientSection.tsx';
import { MediumContext, type Medium } from './Disclosure.tsx';
import { DocumentPage } from './DocumentPage.tsx';
import { IntegritySection } from './IntegritySection.tsx';
import { LayoutFigures } from './LayoutFigures.tsx';
import { MatrixSection } from './MatrixSection.tsx';
import { WHOLE_PAGE, type PageDetail } from './pageDetail.ts';
import { PlanSection } from './PlanSection.tsx';
import { RunSection, VersionSection } from './RunSection.tsx';
import { stampOf } from './reportStamp.ts';
import { Section } from './Section.tsx';
import { TrialSection } from './TrialSection.tsx';
import { VerdictHeader } from './VerdictHeader.tsx';
import { VerdictSymbols } from './VerdictMark.tsx';
import { WindowsProofSection } from './WindowsProofSection.tsx';

/**
 * The report as one self-contained HTML file: no script, no network, light or dark as the reader's system is, and light on A4 paper with
 * everything opened, in the language of the report; `paper` is for a print that knows nothing of opening. `hasRecord`: the page has a link in it that
 * `attachRecord` fills. `detail`: how much of its trials it shows, as `detailThatFits` finds it. The policy in its head keeps it so: even text that came from
 * a hostile server can load nothing.
 */
export function renderHtml(report: Report, medium: Medium = 'screen', hasRecord = false, detail: PageDetail = WHOLE_PAGE): string {
  const page = (
    <MediumContext value={medium}>
      <Page report={report} hasRecord={hasRecord} detail={detail} />
    </MediumContext>
  );
  return inLanguage(report.language, () => `<!doctype html>\n${renderToStaticMarkup(page)}\n`);
}

interface PageProps {
  readonly report: Report;
  readonly hasRecord: boolean;
  readonly detail: PageDetail;
}

function Page({ report, hasRecord, detail }: PageProps): ReactElement {
  const contents = sectionsOf({ report, hasRecord, detail });
  return (
    <DocumentPage
      title={text('report.page.title', { title: report.title, cluster: report.cluster.name })}
      triadVersion={report.versions.triad}
      stamp={stampOf(report)}
    >
      <VerdictSymbols />
      <main>
        <VerdictHeader report={report} />
        <nav aria-label={text('report.page.contents')}>
          {contents.map(({ id, title }) => (
            <a key={id} href={`#${id}`}>
              {title}
            </a>
          ))}
        </nav>
        {contents.map(({ id, element }) => (
          <SectionSlot key={id}>{element}</SectionSlot>
        ))}
        <footer>{text('report.page.print', { version: report.versions.triad, runId: report.runId })}</footer>
      </main>
    </DocumentPage>
  );
}

function SectionSlot({ children }: { readonly children: ReactElement }): ReactElement {
  return children;
}

interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly element: ReactElement;
}

/** The parts of the page in their order; a part that this run has nothing for is left out. */
function sectionsOf({ report, hasRecord, detail }: PageProps): readonly PageSection[] {
  const hasTrials = report.failover.trials.length > 0;
  // A layout that is only planned belongs to the plan, unless the plan is what this is about.
  const hasLayout = report.layouts.some((layout) => layout.moment !== 'planned' || report.workflow === 'plan');
  const isChanging = report.workflow === 'install' || report.workflow === 'plan' || report.workflow === 'remove';
  const optional: readonly (PageSection & { readonly isThere: boolean })[] = [
    {
      id: 'failover',
      title: text('report.section.failover'),
      element: <TrialSection report={report} detail={detail} />,
      isThere: hasTrials,
    },
    {
      id: 'clients',
      title: text('report.section.clients'),
      element: <ClientSection report={report} />,
      isThere: report.clientImpacts.length > 0,
    },
    {
      id: 'layout',
      title: text('report.section.layout'),
      element: <LayoutSection report={report} />,
      isThere: !hasTrials && hasLayout,
    },
    {
      id: 'reachability',
      title: text('report.section.matrix'),
      element: <MatrixSection report={report} />,
      isThere: report.matrices.length > 0,
    },
    { id: 'checks', title: text('report.section.checks'), element: <CheckSection report={report} />, isThere: true },
    {
      id: 'changes',
      title: text('report.section.changes'),
      element: <ChangeSection report={report} />,
      isThere: isChanging || hasActions(report) || report.servers.some((server) => server.appliedChanges.length > 0),
    },
    { id: 'plan', title: text('report.section.plan'), element: <PlanSection report={report} />, isThere: true },
    { id: 'versions', title: text('report.section.versions'), element: <VersionSection report={report} />, isThere: true },
    {
      id: 'windows',
      title: text('windowsProof.title'),
      element: <WindowsProofSection report={report} />,
      isThere: report.windowsProof !== null,
    },
    { id: 'run', title: text('report.section.run'), element: <RunSection report={report} />, isThere: true },
    {
      id: 'integrity',
      title: text('report.section.integrity'),
      element: <IntegritySection report={report} hasRecord={hasRecord} />,
      isThere: report.integrity !== undefined,
    },
  ];
  return optional.filter((one) => one.isThere);
}

function LayoutSection({ report }: { readonly report: Report }): ReactElement {
  return (
    <Section id="layout" title={text('report.section.layout')}>
      <LayoutFigures id="layout" layouts={report.layouts} timeZone={report.when.timeZone} />
    </Section>
  );
}
