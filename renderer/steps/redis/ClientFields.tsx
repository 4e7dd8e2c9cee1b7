import type { ReactNode } from 'react';
import { portPairOf } from '../../../electron/shared/domain/draftValues.ts';
import { useDraft } from '../../state/draft.ts';
import { SwitchField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { NetworkChips, type NetworkChipsProps } from './NetworkChips.tsx';
import classes from './redis.module.css';

/** From where clients connect, and who opens the firewalls for them. */
export function ClientFields({ onUnread }: Pick<NetworkChipsProps, 'onUnread'>): ReactNode {
  const text = useText();
  const draft = useDraft((open) => open.draft);
  const edit = useDraft((open) => open.edit);
  const { manage, clients } = draft.firewall;
  const ports = [portPairOf(draft, 'masterPort'), portPairOf(draft, 'replicaPort')].flatMap((pair) => pair?.dataPort ?? []);
  const everybody = clients.filter((network) => network.endsWith('/0'));
  return (
    <>
      <NetworkChips
        label={text('window.redis.clients')}
        help={text('window.redis.clients.help')}
        networks={clients}
        onUnread={onUnread}
        note={
          <span className={classes['lines']}>
            <span>
              {clients.length === 0 ? text('window.redis.clients.none') : text('window.redis.clients.bus', { ports: ports.join(', ') })}
            </span>
            {everybody.map((network) => (
              <VerdictMark key={network} verdict="warn" label={text('window.redis.clients.everybody', { network })} />
            ))}
          </span>
        }
        onChange={(networks) => {
          edit((before) => ({ ...before, firewall: { ...before.firewall, clients: [...networks] } }));
        }}
      />
      <SwitchField
        label={text('window.redis.firewall')}
        help={text('window.redis.firewall.help')}
        isOn={manage}
        note={text(manage ? 'window.redis.firewall.on' : 'window.redis.firewall.off')}
        onChange={(isOn) => {
          edit((before) => ({ ...before, firewall: { ...before.firewall, manage: isOn } }));
        }}
      />
    </>
  );
}
