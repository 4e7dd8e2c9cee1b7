import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { changeProgressOf } from '../../../electron/shared/domain/changeProgress.ts';
import { needsAttention } from '../../../electron/shared/domain/checkGroups.ts';
import { syncOf } from '../../../electron/shared/domain/readiness.ts';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import { layoutOf } from '../../../electron/shared/domain/reportLayout.ts';
import { areRolesAsPlanned } from '../../../electron/shared/domain/roles.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { formatSubject } from '../../../electron/shared/domain/subject.ts';
import type { Verdict } from '../../../electron/shared/domain/verdict.ts';
import type { ClusterView } from '../../../electron/shared/domain/view.ts';
import { survivalWords } from '../../../electron/shared/figures/layoutWords.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import { CheckItem } from '../../widgets/CheckItem.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { SeenAt } from '../../widgets/SeenAt.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './install.module.css';

interface Fact {
  readonly verdict: Verdict;
  readonly words: string;
}

/** The cluster as it was proved at the end of an installation: roles, replicas, tolerance, time. */
export function VerifiedCluster({ record, view }: { readonly record: RunRecord; readonly view: ClusterView }): ReactNode {
  const text = useText();
  const layout = layoutOf(record.plan, view, 'after');
  const attention = record.checks.filter(({ verdict }) => needsAttention(verdict));
  return (
    <section aria-labelledby="install-verified">
      <Title order={2} id="install-verified" mb="sm">
        {text('window.install.verified', { cluster: record.cluster })}
      </Title>
      <div className={classes['verified']}>
        <Topology id="install-topology" layout={layout} title={text('window.install.verified.figure')} width={480} />
        <ul className={classes['facts']}>
          {factsOf().map(({ verdict, words }) => (
            <li key={words}>
              <VerdictMark verdict={verdict} isCompact />
              <span>{words}</span>
            </li>
          ))}
          <li>
            <SeenAt at={view.at} from={record.adminMachine} />
          </li>
        </ul>
      </div>
      {attention.length === 0 ? null : (
        <Stack mt="md">
          <Fold
            summary={text(attention.length === 1 ? 'window.install.attentionOne' : 'window.install.attention', { count: attention.length })}
          >
            <Stack gap="sm">
              {attention.map((check) => (
                <CheckItem key={`${check.id} ${formatSubject(check.subject)}`} check={check} record={record} />
              ))}
            </Stack>
          </Fold>
        </Stack>
      )}
    </section>
  );

  function factsOf(): readonly Fact[] {
    const replicas = syncOf(view, record.plan);
    const inSync = replicas.filter(({ isInSync }) => isInSync).length;
    const isAgreed = view.silent.length === 0 && view.views.every(({ clusterState }) => clusterState === 'ok');
    const isTolerant = layout.survives.every(({ survives }) => survives === true);
    const refused = changeProgressOf(record).reduce((sum, one) => sum + one.refused.length, 0);
    const changes = record.appliedChanges.length - refused;
    return [
      { verdict: isAgreed ? 'pass' : 'fail', words: text('window.install.verified.nodes', { count: view.views.length }) },
      {
        verdict: areRolesAsPlanned(view, record.plan) ? 'pass' : 'passWithoutTolerance',
        words: text(areRolesAsPlanned(view, record.plan) ? 'window.install.verified.roles' : 'window.install.verified.rolesDiffer'),
      },
      {
        verdict: inSync === replicas.length && inSync > 0 ? 'pass' : 'fail',
        words: text('window.install.verified.sync', { inSync, count: replicas.length }),
      },
      { verdict: isTolerant ? 'pass' : 'passWithoutTolerance', words: survivalWords(layout) },
      ...(refused === 0 ? [] : [{ verdict: 'warn' as const, words: text('window.install.verified.refused', { count: refused }) }]),
      {
        verdict: 'pass',
        words: text(changes === 0 ? 'window.install.verified.unchanged' : 'window.install.verified.time', {
          count: changes,
          duration: formatDuration(record.durationMs),
        }),
      },
    ];
  }
}
