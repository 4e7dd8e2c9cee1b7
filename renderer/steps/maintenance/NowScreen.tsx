import { Button, Group, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { mastersOn } from '../../../electron/shared/domain/evacuation.ts';
import type { MaintenanceMark } from '../../../electron/shared/domain/maintenanceMark.ts';
import { RETURN_WAIT_MINUTES } from '../../../electron/shared/domain/maintenancePhases.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { formatAge, momentWords } from '../../widgets/age.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { SeenAt } from '../../widgets/SeenAt.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { useNow } from '../../widgets/useNow.ts';
import { useText } from '../../widgets/useText.ts';
import { layoutNow, type Seen } from './patchDay.ts';
import { Roles } from './Roles.tsx';
import classes from './maintenance.module.css';

/** What the page of the admin's own work takes. */
export interface NowScreenProps {
  readonly seen: Seen;
  readonly mark: Pick<MaintenanceMark, 'server' | 'at' | 'by'>;
  /** Why nothing can begin now; null when something can. */
  readonly why: string | null;
  readonly isLooking: boolean;
  readonly onBack: () => Promise<unknown>;
  readonly onBeginAgain: () => Promise<unknown>;
  readonly look: () => Promise<void>;
  /** What stands above it: the servers of a patch day, what went wrong. */
  readonly above: ReactNode;
  /** What clients noticed at the beginning. */
  readonly below: ReactNode;
}

/** A server is in maintenance: what the admin does now, and what Triad waits for afterwards. */
export function NowScreen({ seen, mark, why, isLooking, onBack, onBeginAgain, look, above, below }: NowScreenProps): ReactNode {
  const text = useText();
  const nowMs = useNow();
  const { server } = mark;
  const { plan, view, marks, lost } = seen;
  const place = plan.servers.find(({ name }) => name === server);
  const others = marks.filter((one) => one.server !== server).map((one) => one.server);
  const masters = view === null ? [] : mastersOn(view, plan, server);
  const isAway = lost.includes(server);
  const isVacated = masters.length === 0 || isAway;
  const end = text('window.maintenance.end', { server });
  const blocked = why === null ? {} : { isDisabled: true, why };
  const command = place === undefined ? null : loginCommand(place.ssh);
  const primary: StepAction = { label: end, onPress: onBack, ...blocked };

  return (
    <StepFrame
      title={text('window.maintenance.now.title', { server })}
      {...(isVacated ? { lead: text('window.maintenance.now.lead') } : {})}
      primary={primary}
      secondary={[{ label: text('window.maintenance.lookAgain'), onPress: look, isBusy: isLooking }]}
    >
      <div className={classes['page']}>
        {above}
        {isVacated ? null : (
          <>
            <Notice level="warn" title={text('window.maintenance.now.mastersLeft', { server, masters: listNames(masters) })}>
              {text('window.maintenance.now.mastersLeft.lead')}
            </Notice>
            <Group>
              <Button variant="default" size="xs" disabled={why !== null} onClick={() => void onBeginAgain()}>
                {text('window.maintenance.now.beginAgain')}
              </Button>
            </Group>
          </>
        )}
        {others.length === 0 ? null : (
          <Notice level="warn" title={text('window.maintenance.now.more', { servers: listNames(others) })}>
            {text('window.maintenance.now.more.lead')}
          </Notice>
        )}
        <div className={classes['columns']}>
          <div className={classes['column']}>
            <section>
              <h2>{text('window.maintenance.now.do')}</h2>
              <ol className={classes['todo']}>
                <li>
                  <div>
                    <Text>{text('window.maintenance.now.login', { server })}</Text>
                    {command === null ? null : (
                      <div className={classes['command']}>
                        <code>{command}</code>
                        <CopyButton isCompact label={text('window.maintenance.now.copyLogin')} value={command} />
                      </div>
                    )}
                  </div>
                </li>
                <li>
                  <div>{text('window.maintenance.now.reboot')}</div>
                </li>
                <li>
                  <div>{text('window.maintenance.now.back', { action: end })}</div>
                </li>
              </ol>
            </section>
            <section>
              <h2>{text('window.maintenance.now.waits')}</h2>
              <List spacing={4}>
                <List.Item>{text('window.maintenance.now.waits.boot', { server, minutes: RETURN_WAIT_MINUTES })}</List.Item>
                <List.Item>{text('window.maintenance.now.waits.nodes')}</List.Item>
                <List.Item>{text('window.maintenance.now.waits.roles')}</List.Item>
              </List>
            </section>
          </div>
          <div className={classes['column']}>
            <dl className={classes['facts']}>
              <dt>{text('window.maintenance.now.since')}</dt>
              <dd>
                <time dateTime={mark.at} title={mark.at}>
                  {`${momentWords(mark.at, nowMs)}, ${formatAge(mark.at, nowMs)}`}
                </time>
              </dd>
              <dt>{text('window.maintenance.now.by')}</dt>
              <dd>{mark.by}</dd>
              <dt>{text('window.maintenance.now.state')}</dt>
              <dd>{text(isAway ? 'window.maintenance.now.away' : 'window.maintenance.now.answers')}</dd>
            </dl>
            <Roles layout={layoutNow(seen)} caption={text('window.maintenance.layout.now')} />
            <SeenAt at={seen.at} />
          </div>
        </div>
        <Notice level="warn" title={text('window.maintenance.now.risk.title')}>
          {text('window.maintenance.now.risk', { server })}
        </Notice>
        {below}
      </div>
    </StepFrame>
  );
}

function loginCommand({ host, port, user }: Seen['plan']['servers'][number]['ssh']): string {
  return `ssh ${port === 22 ? '' : `-p ${port} `}${user}@${host}`;
}
