import { Code } from '@mantine/core';
import type { ReactNode } from 'react';
import { groupFingerprint } from '../../../electron/shared/domain/fingerprintGroups.ts';
import type { HostKey } from '../../../electron/shared/domain/server.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './servers.module.css';

/** A host key twice: as `ssh-keygen -l` prints its fingerprint, and in groups that two people can read to each other. */
export function Fingerprint({ hostKey }: { readonly hostKey: HostKey }): ReactNode {
  const text = useText();
  const { lines } = groupFingerprint(hostKey.fingerprint);
  return (
    <dl className={classes['hostKey']}>
      <dt>{text('window.servers.key.type')}</dt>
      <dd>{hostKey.type}</dd>
      <dt>{text('window.servers.key.fingerprint')}</dt>
      <dd>
        <Code className={classes['fingerprint'] ?? ''}>{hostKey.fingerprint}</Code>
      </dd>
      <dt>{text('window.servers.key.readAloud')}</dt>
      <dd className={classes['groups']}>
        {lines.map((line) => (
          <div key={line.join(' ')}>
            {line.map((group, index) => (
              <span key={`${index} ${group}`}>{group} </span>
            ))}
          </div>
        ))}
      </dd>
    </dl>
  );
}
