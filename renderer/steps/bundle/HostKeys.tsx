import type { ReactNode } from 'react';
import type { BundleContent } from '../../../electron/shared/contract/bundles.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { useText } from '../../widgets/useText.ts';
import classes from './bundle.module.css';

/** Host keys with their fingerprints, to be compared with what the servers say. */
export function HostKeys({ hostKeys }: Pick<BundleContent, 'hostKeys'>): ReactNode {
  const text = useText();
  return (
    <ul className={classes['keys']}>
      {hostKeys.map(({ endpoint, key }) => (
        <li key={endpoint}>
          <div>
            <div>
              {endpoint} <span className={classes['kind']}>{key.type}</span>
            </div>
            <code className={classes['mono']}>{key.fingerprint}</code>
          </div>
          <CopyButton isCompact label={text('window.bundle.copyKey', { endpoint })} value={key.fingerprint} />
        </li>
      ))}
    </ul>
  );
}
