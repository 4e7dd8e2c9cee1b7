import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ExportedFolder } from '../../../electron/shared/contract/bundles.ts';
import { formatBytes } from '../../../electron/shared/domain/reportFormat.ts';
import { useText } from '../../widgets/useText.ts';
import { OpenFolder } from './OpenFolder.tsx';
import classes from './bundle.module.css';

/** A folder of plain files that was written: where, how much, and which file to begin with. */
export function PlainFolder({ folder }: { readonly folder: ExportedFolder }): ReactNode {
  const text = useText();
  const { name, place, readme, files, sizeBytes, isNew } = folder;
  return (
    <div className={classes['written']} role="status">
      <IconCircleCheck size="1.5rem" aria-hidden />
      <div>
        <h3>{text(isNew ? 'window.bundle.plain.written' : 'window.bundle.plain.same', { name })}</h3>
        <dl className={classes['facts']}>
          <dt>{text('window.bundle.plain.place')}</dt>
          <dd className={classes['mono']}>{place}</dd>
          <dt>{text('window.bundle.plain.files')}</dt>
          <dd>{text('window.bundle.plain.filesAndSize', { count: files, size: formatBytes(sizeBytes) })}</dd>
          <dt>{text('window.bundle.plain.begin')}</dt>
          <dd className={classes['mono']}>{readme.name}</dd>
        </dl>
        <OpenFolder fileId={readme.id} />
      </div>
    </div>
  );
}
