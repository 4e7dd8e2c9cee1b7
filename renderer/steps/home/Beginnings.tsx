import { Button, Text, Title } from '@mantine/core';
import { IconFileImport, IconPlus, IconSchool, type Icon } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Platform } from '../../../electron/shared/domain/platform.ts';
import { beginNew, homeStore, openFile, startPractice } from '../../state/home.ts';
import { Loading } from '../../widgets/Loading.tsx';
import { Said } from '../../widgets/Said.tsx';
import { useText } from '../../widgets/useText.ts';
import { AdoptDialog } from './AdoptDialog.tsx';
import classes from './home.module.css';

const RUNNING = {
  linux: 'window.home.practiceRunning',
  windows: 'window.home.practiceRunningWindows',
  mixed: 'window.home.practiceRunningMixed',
} as const;

/** What begins something; its failure is shown on Home. */
type OnBegin = (work: () => Promise<void>) => void;

/** The three ways to begin. */
export function Beginnings({
  isFirst,
  isPrimary,
  onBegin,
}: {
  /** Whether no heading stands above them. */
  readonly isFirst: boolean;
  /** Whether beginning is what the screen is for. */
  readonly isPrimary: boolean;
  readonly onBegin: OnBegin;
}): ReactNode {
  const text = useText();
  const { practice, practiceLines } = homeStore();
  const [isAdopting, setAdopting] = useState(false);
  const isFree = practice !== null && practice.isPossible && practiceLines === null;
  return (
    <div className={classes['beginnings']}>
      <Beginning
        symbol={IconPlus}
        title={text('window.home.new')}
        lead={text('window.home.newLead')}
        action={text('window.home.newAction')}
        isPrimary={isPrimary}
        onBegin={onBegin}
        order={isFirst ? 2 : 3}
        work={beginNew}
      />
      <Beginning
        symbol={IconFileImport}
        title={text('window.home.open')}
        lead={text('window.home.openLead')}
        action={text('window.home.openAction')}
        onBegin={onBegin}
        order={isFirst ? 2 : 3}
        work={openFile}
        after={
          <Button
            variant="subtle"
            onClick={() => {
              setAdopting(true);
            }}
          >
            {text('window.adopt.open')}
          </Button>
        }
      />
      <Beginning
        symbol={IconSchool}
        title={text('window.home.practice')}
        lead={text('window.home.practiceLead')}
        action={text('window.home.practiceAction')}
        onBegin={onBegin}
        order={isFirst ? 2 : 3}
        work={async () => startPractice()}
        isDisabled={!isFree || isOther(practice, 'linux')}
        after={<StartWindows isDisabled={!isFree || practice.whyNoWindows !== null || isOther(practice, 'windows')} onBegin={onBegin} />}
      >
        <PracticeNote />
      </Beginning>
      {isAdopting ? (
        <AdoptDialog
          onClose={() => {
            setAdopting(false);
          }}
        />
      ) : null}
    </div>
  );
}

type Practice = NonNullable<ReturnType<typeof homeStore.getState>['practice']>;

/** Whether practice servers are up that are not of a kind. */
function isOther({ running }: Practice, kind: Platform): boolean {
  return running !== null && running !== kind;
}

/** The same with Windows servers: the calmer way. */
function StartWindows({ isDisabled, onBegin }: { readonly isDisabled: boolean; readonly onBegin: OnBegin }): ReactNode {
  const text = useText();
  return (
    <Button
      variant="subtle"
      disabled={isDisabled}
      onClick={() => {
        onBegin(async () => startPractice('windows'));
      }}
    >
      {text('window.home.practiceWindows')}
    </Button>
  );
}

function PracticeNote(): ReactNode {
  const text = useText();
  const { practice, practiceLines } = homeStore();
  if (practiceLines !== null) {
    return (
      <>
        <Loading what={text('window.home.practiceStarting')} atMostMs={60_000} />
        <Text size="sm" c="dimmed" aria-live="polite">
          {practiceLines.at(-1) ?? ''}
        </Text>
      </>
    );
  }
  if (practice === null) return null;
  if (!practice.isPossible)
    return (
      <Text size="sm" fw={600}>
        {text('window.home.practiceImpossible', { reason: practice.reason ?? '' })}
      </Text>
    );
  const { running, whyNoWindows } = practice;
  return (
    <>
      {running === null ? null : (
        <Text size="sm">
          <Said>{text(RUNNING[running])}</Said>
        </Text>
      )}
      {whyNoWindows === null ? null : <Text size="sm">{whyNoWindows}</Text>}
    </>
  );
}

function Beginning({
  symbol: Symbol,
  title,
  lead,
  action,
  work,
  onBegin,
  order,
  isPrimary = false,
  isDisabled = false,
  children,
  after,
}: {
  readonly symbol: Icon;
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly work: () => Promise<void>;
  readonly order: 2 | 3;
  readonly onBegin: OnBegin;
  readonly isPrimary?: boolean;
  readonly isDisabled?: boolean;
  readonly children?: ReactNode;
  /** Another, calmer way, below the button. */
  readonly after?: ReactNode;
}): ReactNode {
  const [isBusy, setBusy] = useState(false);
  return (
    <section className={classes['beginning']}>
      <Title order={order} size="h3" className={classes['beginningTitle'] ?? ''}>
        <Symbol size="1.25rem" aria-hidden />
        {title}
      </Title>
      <Text size="sm" className={classes['beginningLead'] ?? ''}>
        <Said>{lead}</Said>
      </Text>
      {children}
      <Button
        variant={isPrimary ? 'filled' : 'default'}
        disabled={isDisabled}
        loading={isBusy}
        onClick={() => {
          setBusy(true);
          onBegin(async () => {
            try {
              await work();
            } finally {
              setBusy(false);
            }
          });
        }}
      >
        {action}
      </Button>
      {after}
    </section>
  );
}
