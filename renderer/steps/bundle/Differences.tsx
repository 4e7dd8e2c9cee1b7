import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BundleComparison } from '../../../electron/shared/contract/bundles.ts';
import { momentWords } from '../../widgets/age.ts';
import { DiffView } from '../../widgets/DiffView.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { useNow } from '../../widgets/useNow.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './bundle.module.css';

/** So many are open at first; more would hide how many there are. */
const OPEN_AT_FIRST = 2;

/** How a bundle differs from another one, or from the cluster that is open: part by part, as lines where it is text. */
export function Differences({ comparison }: { readonly comparison: BundleComparison }): ReactNode {
  const text = useText();
  const nowMs = useNow();
  const { first, second, differences } = comparison;
  // Every look at a cluster is a run of its own: that its record is another one says nothing of the cluster.
  const runs = differences.filter(({ path }) => path.startsWith('runs/'));
  const parts = differences.filter(({ path }) => !path.startsWith('runs/'));
  return (
    <section className={classes['differences']} aria-labelledby="triad-bundle-differences">
      <h2 id="triad-bundle-differences">{heading()}</h2>
      <div role="status">
        <VerdictMark
          verdict={parts.length === 0 ? 'pass' : 'warn'}
          label={
            parts.length === 0
              ? text('window.bundle.same')
              : parts.length === 1
                ? text('window.bundle.differences.one')
                : text('window.bundle.differences', { count: parts.length })
          }
        />
      </div>
      {second.kind === 'planned' ? (
        <Text size="sm" c="dimmed">
          {text('window.bundle.compared.plannedNote')}
        </Text>
      ) : null}
      {parts
        .filter(({ diff }) => diff !== '')
        .map((part, index) => (
          <Fold key={part.path} isOpenAtFirst={index < OPEN_AT_FIRST} summary={headOf(part)}>
            <DiffView label={part.path} diff={part.diff} />
          </Fold>
        ))}
      {parts.every(({ diff }) => diff !== '') ? null : (
        <ul className={classes['wordless']}>
          {parts
            .filter(({ diff }) => diff === '')
            .map((part) => (
              <li key={part.path}>{headOf(part)}</li>
            ))}
        </ul>
      )}
      {runs.length === 0 ? null : (
        <Text size="sm" c="dimmed" mt="xs">
          {text('window.bundle.runsDiffer', { count: runs.length })}
        </Text>
      )}
    </section>
  );

  function headOf({ path, kind, diff }: BundleComparison['differences'][number]): ReactNode {
    return (
      <span className={classes['fileHead']}>
        <span className={classes['mono']}>{path}</span>
        <span className={classes['kind']}>
          {text(diff === '' && kind === 'differs' ? 'window.bundle.kind.noLines' : `window.bundle.kind.${kind}`, { first })}
        </span>
      </span>
    );
  }

  function heading(): string {
    switch (second.kind) {
      case 'bundle':
        return text('window.bundle.compared.bundle', { first, second: second.name });
      case 'validated':
        return text('window.bundle.compared.validated', { first, moment: momentWords(second.at, nowMs) });
      case 'planned':
        return text('window.bundle.compared.planned', { first });
    }
  }
}
