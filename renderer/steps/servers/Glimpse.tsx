import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ServerGlimpse } from '../../../electron/shared/contract/procedures.ts';
import { formatBytes } from '../../../electron/shared/domain/reportFormat.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './servers.module.css';

/** What {@link Glimpse} takes. */
export interface GlimpseProps {
  readonly server: string;
  readonly glimpse: ServerGlimpse;
  /** Where the data will lie. */
  readonly dataFolder: string;
}

/** What one look at a server found. */
export function Glimpse({ server, glimpse, dataFolder }: GlimpseProps): ReactNode {
  const text = useText();
  const orUnknown = (value: string): string => (value.trim() === '' ? text('window.servers.fact.unknown') : value);
  const facts: readonly (readonly [string, string])[] = [
    [text('window.servers.fact.os'), orUnknown(glimpse.osName)],
    [text('window.servers.fact.hostName'), orUnknown(glimpse.hostName)],
    [text('window.servers.fact.cpus'), orUnknown(`${glimpse.cpuCount} × ${glimpse.architecture}`)],
    [text('window.servers.fact.memory'), formatBytes(glimpse.memoryBytes)],
    [
      text('window.servers.fact.disk'),
      glimpse.diskFreeBytes === null
        ? text('window.servers.fact.unknown')
        : text('window.servers.fact.disk.at', { size: formatBytes(glimpse.diskFreeBytes), path: dataFolder }),
    ],
    [
      text('window.servers.fact.firewall'),
      glimpse.firewall === 'none'
        ? text('window.servers.fact.firewall.none')
        : text('window.servers.fact.firewall.active', { kind: glimpse.firewall === 'windows' ? 'Windows Firewall' : glimpse.firewall }),
    ],
    [
      text(glimpse.platform === 'windows' ? 'window.servers.fact.privilege.windows' : 'window.servers.fact.privilege'),
      text(`window.servers.fact.privilege.${glimpse.privilege}`),
    ],
    [text('window.servers.fact.hostKey'), text(`window.servers.fact.hostKey.${glimpse.trust}`, { type: glimpse.hostKey.type })],
  ];
  return (
    <>
      <dl className={classes['facts']} aria-label={text('window.servers.result', { server })}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes['fact']}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {glimpse.architecture === 'x86_64' || glimpse.architecture === '' ? null : (
        <Text size="sm">
          <VerdictMark verdict="warn" label={text('window.servers.architecture', { architecture: glimpse.architecture })} />
        </Text>
      )}
    </>
  );
}
