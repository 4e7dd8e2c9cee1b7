import { Button, Code, Group, Text, Title } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { compareFingerprint, hostKeyFileOf } from '../../../electron/shared/domain/fingerprintGroups.ts';
import type { Platform } from '../../../electron/shared/domain/platform.ts';
import type { HostKey } from '../../../electron/shared/domain/server.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { TextField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { Fingerprint } from './Fingerprint.tsx';
import classes from './servers.module.css';

/** What {@link UnknownKey} takes. */
export interface UnknownKeyProps {
  readonly server: string;
  readonly hostKey: HostKey;
  readonly platform: Platform;
  readonly onAccept: () => void;
}

/** A key that nobody has accepted yet: what to compare, how, and the button that accepts exactly this one. */
export function UnknownKey({ server, hostKey, platform, onAccept }: UnknownKeyProps): ReactNode {
  const text = useText();
  const [pasted, setPasted] = useState('');
  const compared = pasted.trim() === '' ? null : compareFingerprint(pasted, hostKey.fingerprint);
  const command = `ssh-keygen -lf ${hostKeyFileOf(hostKey.type, platform)}`;
  return (
    <div className={classes['key']} data-tone="warn">
      <Title order={3} className={classes['keyTitle'] ?? ''}>
        <IconKey size="1.1em" aria-hidden /> {text('window.servers.key.unknown.title', { server })}
      </Title>
      <Text>{text('window.servers.key.unknown.lead')}</Text>
      <Fingerprint hostKey={hostKey} />
      <Text>{text('window.servers.key.how')}</Text>
      <Group gap={4} wrap="nowrap" align="center">
        <Code className={classes['command'] ?? ''}>{command}</Code>
        <CopyButton value={command} label={text('window.servers.key.copyCommand')} isCompact />
      </Group>
      <TextField
        label={text('window.servers.key.compare')}
        value={pasted}
        onChange={setPasted}
        isMono
        note={
          compared === null ? null : (
            <span role="status">
              <VerdictMark
                verdict={compared === 'same' ? 'pass' : compared === 'different' ? 'fail' : 'unknown'}
                label={text(`window.servers.key.compare.${compared}`)}
              />
            </span>
          )
        }
      />
      <Group>
        <Button variant="outline" onClick={onAccept} disabled={compared === 'different'}>
          {text('window.servers.key.accept')}
        </Button>
      </Group>
    </div>
  );
}
