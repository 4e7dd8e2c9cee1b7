import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { IconDatabaseSearch, IconDotsVertical, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { HomeCard, RunSummary } from '../../../electron/shared/contract/procedures.ts';
import type { PlaceId } from '../../../electron/shared/domain/draft.ts';
import { adoptCard, openCard, tryAtHome, validateCard } from '../../state/home.ts';
import { useText } from '../../widgets/useText.ts';
import type { CardFacts } from './cardFacts.ts';
import { CardWays } from './CardWays.tsx';
import classes from './home.module.css';

/** The place that shows a run; undefined: the furthest step that was reached. */
function stepOfRun(run: RunSummary | null): PlaceId | undefined {
  switch (run?.workflow) {
    case 'install':
      return 'install';
    case 'failoverTest':
      return 'failover';
    case 'check':
      return 'reachability';
    case 'plan':
      return 'review';
    case 'validate':
    case 'remove':
      return 'report';
    case 'restoreRoles':
    case 'maintenanceBegin':
    case 'maintenanceEnd':
    case 'maintenanceStatus':
      return 'maintenance';
    case undefined:
      return undefined;
  }
}

/** What can be done with a card at once: the way in, a validation, and the ways to everything that a running cluster is come back for. */
export function CardActions({
  card,
  name,
  facts,
  isUrgent,
  onRemove,
}: {
  readonly card: HomeCard;
  readonly name: string;
  readonly facts: CardFacts;
  readonly isUrgent: boolean;
  readonly onRemove: () => void;
}): ReactNode {
  const text = useText();
  const [busy, setBusy] = useState<string | null>(null);
  const { draftId } = card;
  const { isThere, active, elsewhere, interrupted } = facts;
  const isFree = active === null && elsewhere === null;
  const press = (what: string, work: () => Promise<void>): void => {
    if (busy !== null) return;
    setBusy(what);
    void tryAtHome(work).finally(() => {
      setBusy(null);
    });
  };
  if (draftId === null)
    return (
      <>
        <Text size="sm">{text('window.home.noDraft')}</Text>
        <Group gap="xs" className={classes['cardActions'] ?? ''}>
          <Button
            size="xs"
            variant="default"
            loading={busy === 'adopt'}
            onClick={() => {
              press('adopt', () => adoptCard(card));
            }}
          >
            {text('window.home.adopt')}
          </Button>
        </Group>
      </>
    );
  const canValidate = (isThere || card.isComplete) && isFree;
  const open = isFree && interrupted !== null ? 'interrupted' : isThere ? 'cluster' : 'draft';
  return (
    <div className={classes['cardActions']}>
      <Group gap="xs">
        <Button
          size="xs"
          variant={isUrgent ? 'filled' : 'default'}
          loading={busy === 'open'}
          onClick={() => {
            press('open', () => openCard(draftId, elsewhere === null ? stepOfRun(active ?? interrupted) : 'history'));
          }}
        >
          {text(elsewhere === null ? `window.home.open.${open}` : 'window.home.watch')}
        </Button>
        {canValidate ? (
          <Button
            size="xs"
            variant="subtle"
            loading={busy === 'validate'}
            onClick={() => {
              press('validate', () => validateCard(draftId));
            }}
          >
            {text(isThere ? 'window.home.validate' : 'window.home.validateRunning')}
          </Button>
        ) : null}
        {/* In its place, so that it belongs to the page, and without the kit's empty first child, which is no item of a menu. */}
        <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon ml="auto" aria-label={text('window.home.more', { name })}>
              <IconDotsVertical size="1.1rem" aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {canValidate ? (
              <Menu.Item
                leftSection={<IconDatabaseSearch size="1rem" aria-hidden />}
                onClick={() => {
                  press('validate', () => validateCard(draftId, { redisOnly: true }));
                }}
              >
                {text('window.home.validateRedisOnly')}
              </Menu.Item>
            ) : null}
            <Menu.Item leftSection={<IconTrash size="1rem" aria-hidden />} disabled={active !== null} onClick={onRemove}>
              {text(isThere ? 'window.home.forget' : 'window.home.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {isThere ? (
        <CardWays
          name={name}
          isFree={isFree && card.isAdopted !== true}
          onGo={(place) => {
            press(place, () => openCard(draftId, place));
          }}
        />
      ) : null}
    </div>
  );
}
