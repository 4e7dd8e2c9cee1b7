import type { ReactElement, ReactNode } from 'react';
import { formatEndpoint } from '../shared/domain/address.ts';
import type { Report, ReportServer } from '../shared/domain/report.ts';
import { formatBytes, formatDuration } from '../shared/domain/reportFormat.ts';
import { isWindowsPath } from '../shared/domain/serverPath.ts';
import { roleWords } from '../shared/figures/layoutWords.ts';
import { text } from '../shared/figures/text.ts';
import { LayoutFigures } from './LayoutFigures.tsx';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';

/** What was asked for and what was found: nodes, settings, folders, servers. */
export function PlanSection({ report }: { readonly report: Report }): ReactElement {
  const { folders } = report;
  const planned = report.layouts.find((layout) => layout.moment === 'planned');
  return (
    <Section id="plan" title={text('report.section.plan')}>
      <h3>{text('report.plan.settings')}</h3>
      <Table
        columns={[
          { heading: text('report.plan.setting') },
          { heading: text('report.plan.value') },
          { heading: text('report.plan.consequence') },
        ]}
        rows={report.settings.map((setting) => ({ key: setting.label, cells: [setting.label, setting.value, setting.note] }))}
      />
      <h3>{text('report.plan.nodes')}</h3>
      <Table
        columns={[
          { heading: text('report.page.node') },
          { heading: text('report.plan.address') },
          { heading: text('report.plan.role') },
          { heading: text('report.plan.busPort'), kind: 'number' },
          { heading: text('report.plan.unit'), kind: 'code' },
        ]}
        rows={report.nodes.map((node) => ({
          key: node.id,
          cells: [
            node.id,
            formatEndpoint({ address: node.address, port: node.dataPort }),
            node.replicaOf === null
              ? `${roleWords('master')}, ${node.slots ?? ''}`
              : text('report.plan.replicaOf', { node: node.replicaOf }),
            node.busPort,
            node.unit,
          ],
        }))}
      />
      {planned !== undefined && report.workflow !== 'plan' && (
        <div className="planned">
          <LayoutFigures id="planned" layouts={[planned]} timeZone={report.when.timeZone} />
        </div>
      )}
      <h3>{text('report.plan.folders')}</h3>
      <dl className="pairs">
        {(['programs', 'install', 'data', 'logs'] as const).map((name) => (
          <Pair key={name} term={text(`report.plan.folder.${name}`)}>
            <code>{folders[name]}</code>
          </Pair>
        ))}
      </dl>
      <h3>{text('report.plan.servers')}</h3>
      <ServerTable report={report} />
    </Section>
  );
}

/** One line of a list of terms. */
export function Pair({ term, children }: { readonly term: string; readonly children: ReactNode }): ReactElement {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

type Found = NonNullable<ReportServer['found']>;

/** Properties as rows, servers as columns: three things are compared best side by side. */
function ServerTable({ report }: { readonly report: Report }): ReactElement {
  const { servers, nodes } = report;
  /** Of a Windows server, where there is neither systemd nor SELinux to be told of. */
  const isOnWindows = (name: string): boolean => nodes.some(({ server, dataFolder }) => server === name && isWindowsPath(dataFolder));
  const found = (
    name: string,
    value: (facts: Found, server: string) => string,
  ): { readonly key: string; readonly cells: readonly string[] } => ({
    key: name,
    cells: [name, ...servers.map((server) => (server.found === null ? text('report.plan.notFound') : value(server.found, server.name)))],
  });
  return (
    <Table
      className="compare"
      columns={[{ heading: '' }, ...servers.map((server) => ({ heading: server.name }))]}
      rows={[
        { key: 'address', cells: [text('report.plan.address'), ...servers.map((server) => server.address)] },
        { key: 'ssh', cells: [text('report.plan.ssh'), ...servers.map((server) => server.ssh)] },
        found(text('report.plan.system'), (facts) => `${facts.system}, ${facts.architecture}`),
        found(text('report.plan.kernel'), (facts, server) =>
          isOnWindows(server)
            ? facts.kernel
            : `${facts.kernel}, ${facts.systemdVersion === null ? text('report.plan.noSystemd') : text('report.plan.systemd', { version: facts.systemdVersion })}`,
        ),
        found(text('report.plan.size'), (facts) =>
          text('report.plan.sizeValue', { cpus: facts.cpuCount, memory: formatBytes(facts.memoryBytes) }),
        ),
        found(text('report.plan.privilege'), (facts) => facts.privilege),
        found(text('report.plan.firewall'), (facts) => facts.firewall),
        ...(servers.every(({ name }) => isOnWindows(name))
          ? []
          : [found(text('report.plan.selinux'), (facts, server) => (isOnWindows(server) ? '—' : facts.selinux))]),
        found(text('report.plan.clock'), (facts) =>
          text('report.plan.clockValue', {
            offset: formatDuration(facts.clockOffsetMs),
            uncertainty: formatDuration(facts.clockUncertaintyMs),
          }),
        ),
        found(text('report.plan.hostKey'), (facts) => facts.hostKey),
        found(text('report.plan.machineId'), (facts) => facts.machineId),
      ]}
    />
  );
}
