import { Button, Group, Stack, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { HomeCard } from '../../../electron/shared/contract/procedures.ts';
import { plannedLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import { homeStore, loadHome, loadHomeShown, refreshHome, tryAtHome } from '../../state/home.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { useText } from '../../widgets/useText.ts';
import { Beginnings } from './Beginnings.tsx';
import { cardFacts } from './cardFacts.ts';
import { ClusterCard } from './ClusterCard.tsx';
import { examplePlan } from './examplePlan.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import classes from './home.module.css';

/** How often is looked what became of a run of another Triad. */
const LOOK_MS = 3000;

/** Home: clusters and drafts as cards, and the ways to begin. */
export function HomeStep(): ReactNode {
  const text = useText();
  const { cards, expectsNone, readAtMs, failure } = homeStore();
  const [removing, setRemoving] = useState<HomeCard | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isWaiting = cards === null && failure === null;
  const isEmpty = cards === null ? isWaiting && expectsNone : cards.length === 0;
  // One thing comes first: to try again, else the first installation that was interrupted, else, where there is nothing yet, to begin.
  const urgent = failure === null ? cards?.find((card) => cardFacts(card, readAtMs).interrupted !== null) : undefined;
  // It must be in sight without scrolling.
  const ordered = cards === null ? [] : [...cards].toSorted((one, other) => Number(other === urgent) - Number(one === urgent));
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    void loadHomeShown();
  }, []);
  const isElsewhere = cards?.some(({ runs }) => runs.some((run) => run.isElsewhere === true)) ?? false;
  useEffect(() => {
    if (!isElsewhere) return;
    const timer = setInterval(() => void refreshHome(), LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isElsewhere]);
  return (
    <div className={classes['scroll']}>
      <Stack className={classes['page'] ?? ''} gap="lg">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Title order={1} ref={heading} tabIndex={-1} className={classes['title'] ?? ''}>
              {text(isEmpty ? 'window.home.empty' : 'window.home.title')}
            </Title>
            <p className={classes['lead']}>{text(isEmpty ? 'window.home.emptyLead' : 'window.home.lead')}</p>
          </div>
          {cards === null || isEmpty ? null : (
            <Button
              variant="default"
              size="xs"
              className={classes['again'] ?? ''}
              leftSection={<IconRefresh size="1rem" aria-hidden />}
              onClick={() => {
                void loadHome();
              }}
            >
              {text('window.home.again')}
            </Button>
          )}
        </Group>
        {failure === null ? null : (
          <FailurePanel
            failure={failure}
            isRetryPrimary
            onRetry={() => {
              void loadHome();
            }}
          />
        )}
        {isWaiting && !isEmpty ? <Loading what={text('window.home.loading')} /> : null}
        {cards === null || isEmpty ? null : (
          <ul className={classes['cards']}>
            {ordered.map((card) => (
              <li key={card.draftId ?? `cluster ${card.name} ${card.addresses.join(' ')}`}>
                <ClusterCard
                  card={card}
                  isUrgent={card === urgent}
                  onRemove={() => {
                    setRemoving(card);
                  }}
                />
              </li>
            ))}
          </ul>
        )}
        {isWaiting && !isEmpty ? null : (
          <section aria-label={text('window.home.begin')}>
            {isEmpty ? null : (
              <Title order={2} mb="sm">
                {text('window.home.begin')}
              </Title>
            )}
            <Beginnings isFirst={isEmpty} isPrimary={isEmpty && failure === null} onBegin={(work) => void tryAtHome(work)} />
          </section>
        )}
        {isEmpty ? (
          <div className={classes['picture']}>
            <Topology id="home-layout" layout={plannedLayout(examplePlan())} title={text('window.home.picture')} width={640} />
          </div>
        ) : null}
      </Stack>
      {removing === null ? null : (
        <RemoveDialog
          card={removing}
          onClose={() => {
            setRemoving(null);
          }}
        />
      )}
    </div>
  );
}
