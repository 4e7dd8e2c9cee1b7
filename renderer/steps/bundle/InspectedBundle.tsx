import type { ReactNode } from 'react';
import type { BundleContent } from '../../../electron/shared/contract/bundles.ts';
import { formatBytes } from '../../../electron/shared/domain/reportFormat.ts';
import { momentWords } from '../../widgets/age.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { useNow } from '../../widgets/useNow.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { HostKeys } from './HostKeys.tsx';
import { Rows } from './Rows.tsx';
import classes from './bundle.module.css';

/** What is in a bundle that is whole. */
export function InspectedBundle({ content }: { readonly content: BundleContent }): ReactNode {
  const text = useText();
  const nowMs = useNow();
  const { file, servers, nodes, hostKeys, runs, parts, sha256 } = content;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('window.bundle.cluster'), content.cluster],
    [
      text('window.bundle.made'),
      text('window.bundle.madeBy', { moment: momentWords(content.madeAt, nowMs), version: content.triadVersion }),
    ],
    [text('window.bundle.engine'), `${content.engine} ${content.version}`],
    [text('window.bundle.password'), text(content.isSealed ? 'window.bundle.password.sealed' : 'window.bundle.password.absent')],
    [text('window.bundle.binaries'), text(content.hasPrograms ? 'window.bundle.binaries.in' : 'window.bundle.binaries.hashes')],
    [text('window.bundle.size'), formatBytes(content.sizeBytes)],
    [
      text('window.bundle.sha256'),
      <span key="hash" className={classes['hash']}>
        <code>{sha256}</code>
        <CopyButton isCompact label={text('window.bundle.copySha')} value={sha256} />
      </span>,
    ],
  ];
  return (
    <section className={classes['content']} aria-labelledby="triad-bundle-content">
      <h2 id="triad-bundle-content">{file.name}</h2>
      <VerdictMark verdict="pass" label={text('window.bundle.whole')} />
      <dl className={classes['facts']}>
        {facts.map(([what, value]) => (
          <div key={what} className={classes['fact']}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Fold isOpenAtFirst summary={text('window.bundle.servers')}>
        <Rows
          heads={[text('window.bundle.server'), text('window.bundle.address'), text('window.bundle.login')]}
          rows={servers.map(({ name, address, login }) => [name, mono(address), mono(login)])}
        />
      </Fold>
      <Fold summary={nodes.length === 0 ? text('window.bundle.nodes.none') : text('window.bundle.nodes', { count: nodes.length })}>
        <Rows
          heads={[text('window.bundle.node'), text('window.bundle.role'), text('window.bundle.address'), text('window.bundle.redisId')]}
          rows={nodes.map(({ node, role, endpoint, redisId }) => [node, text(`window.bundle.role.${role}`), mono(endpoint), mono(redisId)])}
        />
      </Fold>
      <Fold summary={text('window.bundle.hostKeys', { count: hostKeys.length })}>
        <HostKeys hostKeys={hostKeys} />
      </Fold>
      <Fold summary={text('window.bundle.runs', { count: runs.length })}>
        <Rows
          heads={[text('window.history.when'), text('window.history.what'), text('window.history.verdict')]}
          rows={runs.map(({ at, workflow, verdict }) => [
            minuteOf(at),
            text(`window.report.workflow.${workflow}`),
            <VerdictMark key="verdict" verdict={verdict} />,
          ])}
        />
      </Fold>
      <Fold summary={text('window.bundle.parts', { count: parts.length })}>
        <Rows
          heads={[text('window.bundle.part'), text('window.bundle.size')]}
          rows={parts.map(({ path, sizeBytes }) => [mono(path), formatBytes(sizeBytes)])}
        />
      </Fold>
    </section>
  );
}

function mono(value: string): ReactNode {
  return <span className={classes['mono']}>{value}</span>;
}
