import { Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ExportedBundle } from '../../../electron/shared/contract/bundles.ts';
import { formatBytes } from '../../../electron/shared/domain/reportFormat.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { OpenFolder } from './OpenFolder.tsx';
import classes from './bundle.module.css';

/** A bundle that was written: where, how large, its hash, and what the validation in it found. */
export function Exported({ bundle }: { readonly bundle: ExportedBundle }): ReactNode {
  const text = useText();
  const { file, sizeBytes, sha256, parts, verdict, isSealed, hasPrograms } = bundle;

  return (
    <section className={classes['written']} role="status">
      <IconCircleCheck size="1.5rem" aria-hidden />
      <div>
        <h2>{text('window.bundle.written', { name: file.name })}</h2>
        <dl className={classes['facts']}>
          <dt>{text('window.bundle.size')}</dt>
          <dd>{text('window.bundle.sizeAndParts', { size: formatBytes(sizeBytes), count: parts })}</dd>
          <dt>{text('window.bundle.sha256')}</dt>
          <dd className={classes['hash']}>
            <code>{sha256}</code>
            <CopyButton isCompact label={text('window.bundle.copySha')} value={sha256} />
          </dd>
          <dt>{text('window.bundle.binaries')}</dt>
          <dd>{text(hasPrograms ? 'window.bundle.binaries.in' : 'window.bundle.binaries.hashes')}</dd>
          <dt>{text('window.bundle.written.verdict')}</dt>
          <dd>
            <VerdictMark verdict={verdict} />
          </dd>
        </dl>
        {verdict === 'pass' ? null : <Text size="sm">{text('window.bundle.written.notPassed')}</Text>}
        {isSealed ? <Text size="sm">{text('window.bundle.written.sealed')}</Text> : null}
        <OpenFolder fileId={file.id} />
      </div>
    </section>
  );
}
