import { Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { mastersOn } from '../../../electron/shared/domain/evacuation.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { formatAge } from '../../widgets/age.ts';
import { SeenAt } from '../../widgets/SeenAt.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useNow } from '../../widgets/useNow.ts';
import { useText } from '../../widgets/useText.ts';
import { layoutAfter, layoutNow, movesBack, movesFor, refusalsFor, serversLeft, type Seen } from './patchDay.ts';
import { RestoreCard } from './RestoreCard.tsx';
import { Roles } from './Roles.tsx';
import { MayGo, WhatHappens } from './WhatHappens.tsx';
import classes from './maintenance.module.css';

const ALL = '*';

/** What the page before a maintenance takes. */
export interface ReadyScreenProps {
  readonly seen: Seen;
  readonly done: ReadonlyMap<string, string>;
  /** The server that a run was cut off with. */
  readonly preferred: string | null;
  readonly why: string | null;
  readonly isLooking: boolean;
  readonly onBegin: (server: string, isRolling: boolean) => Promise<unknown>;
  readonly look: () => Promise<void>;
  readonly above: ReactNode;
  readonly below: ReactNode;
}

/** No server is in maintenance: which one, what will happen, whether it may begin; and the way back to the planned roles. */
export function ReadyScreen({ seen, done, preferred, why, isLooking, onBegin, look, above, below }: ReadyScreenProps): ReactNode {
  const text = useText();
  const { plan } = seen;
  const left = serversLeft(plan, done);
  const [chosen, setChosen] = useState<string>(preferred ?? (left.length > 1 ? ALL : (left[0] ?? ALL)));
  const server = chosen === ALL ? (left[0] ?? '') : chosen;
  const refusals = refusalsFor(seen, server);
  const mayGo = refusals !== null && refusals.length === 0;
  const hindrance = why ?? (mayGo ? null : text('window.maintenance.mayNot.why'));
  const needsRestore = movesBack(seen).length > 0;
  const restore = <RestoreCard seen={seen} why={why} />;

  return (
    <StepFrame
      title={text('window.maintenance.title')}
      lead={text('window.maintenance.lead')}
      primary={{
        label: text('window.maintenance.begin', { server }),
        onPress: () => onBegin(server, chosen === ALL),
        ...(hindrance === null ? {} : { isDisabled: true, why: hindrance }),
      }}
      secondary={[{ label: text('window.maintenance.lookAgain'), onPress: look, isBusy: isLooking }]}
    >
      <div className={classes['page']}>
        {above}
        {mayGo ? null : <MayGo server={server} refusals={refusals} />}
        {needsRestore ? restore : null}
        <div className={classes['columns']}>
          <div className={classes['column']}>
            <Choices seen={seen} done={done} left={left} chosen={chosen} onChoose={setChosen} />
            {mayGo ? <MayGo server={server} refusals={refusals} /> : null}
            <WhatHappens seen={seen} server={server} />
          </div>
          <div className={classes['column']}>
            <Roles layout={layoutNow(seen)} caption={text('window.maintenance.layout.now')} />
            <SeenAt at={seen.at} />
            {movesFor(seen, server).length === 0 ? null : (
              <Roles
                layout={layoutAfter(seen, movesFor(seen, server))}
                caption={text('window.maintenance.layout.then', { server })}
                isSecond
              />
            )}
          </div>
        </div>
        {needsRestore ? null : restore}
        {below}
      </div>
    </StepFrame>
  );
}

function Choices({
  seen,
  done,
  left,
  chosen,
  onChoose,
}: {
  readonly seen: Seen;
  readonly done: ReadonlyMap<string, string>;
  readonly left: readonly string[];
  readonly chosen: string;
  readonly onChoose: (server: string) => void;
}): ReactNode {
  const text = useText();
  const nowMs = useNow();
  const { plan, view } = seen;
  const noteOf = (server: string): string => {
    const masters = view === null ? [] : mastersOn(view, plan, server);
    const holds =
      masters.length === 0
        ? text('window.maintenance.choice.noMaster')
        : text('window.maintenance.choice.masters', { masters: listNames(masters) });
    const at = done.get(server);
    return at === undefined ? holds : `${holds}; ${text('window.maintenance.choice.done', { age: formatAge(at, nowMs) })}`;
  };
  const isRest = left.length < plan.servers.length;
  return (
    <Radio.Group label={text('window.maintenance.choice')} value={chosen} onChange={onChoose}>
      <Stack gap="xs" mt="xs">
        {left.length < 2 ? null : (
          <Radio
            value={ALL}
            label={isRest ? text('window.maintenance.choice.rest', { servers: listNames(left) }) : text('window.maintenance.choice.all')}
            description={text('window.maintenance.choice.allNote')}
          />
        )}
        {plan.servers.map(({ name }) => (
          <Radio key={name} value={name} label={text('window.maintenance.choice.one', { server: name })} description={noteOf(name)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
