import { Title } from '@mantine/core';
import { useId, useRef, useState, type ReactNode } from 'react';
import { isTrusted } from '../../../electron/shared/domain/windowsArchive.ts';
import type { Failure } from '../../../electron/shared/domain/failure.ts';
import { draftStore, useDraft } from '../../state/draft.ts';
import { useSession } from '../../state/session.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { WindowsNotice } from '../../widgets/WindowsNotice.tsx';
import { comparePublished } from './ArchiveFields.tsx';
import { ClientFields } from './ClientFields.tsx';
import { DefenderField } from './DefenderField.tsx';
import { lacksOwnService, OwnServiceField } from './OwnServiceField.tsx';
import { MemoryFields } from './MemoryFields.tsx';
import { MoreFields } from './MoreFields.tsx';
import { PasswordFields } from './PasswordFields.tsx';
import classes from './redis.module.css';
import { TimeoutField } from './TimeoutField.tsx';
import { useWindowsArchive } from './useWindowsArchive.ts';
import { VersionFields } from './VersionFields.tsx';
import { lacksExperimentalWord, trustOfDraft, WindowsArchiveFields } from './WindowsArchiveFields.tsx';
import { kindsOfServers } from './windowsServers.ts';

/** Where in the specification the fields below "More" stand. */
const MORE_PATHS = /^(?:name$|paths\.|redis\.(?:master|replica)Port)/u;
/** Where all fields of this step stand. */
const STEP_PATHS = /^(?:name$|paths\.|redis\.|firewall\.)/u;

function openPaths(): readonly string[] {
  const reading = draftStore.getState().current?.reading;
  return reading === undefined || reading.ok ? [] : reading.issues.map(({ path }) => path).filter((path) => STEP_PATHS.test(path));
}

/** Step 2: which Redis, with what password, memory and patience, and who may connect. Everything has a default. */
export function RedisStep(): ReactNode {
  const text = useText();
  const { draft, revealEmpty, flush } = useDraft();
  const builds = useSession(({ app }) => app?.builds ?? []);
  const goTo = useSession((session) => session.goTo);
  const root = useRef<HTMLDivElement>(null);
  const unreadNetwork = useRef(false);
  const [isOwnArchive, setOwnArchive] = useState(draft.redis.archive !== null);
  const [published, setPublished] = useState('');
  const [isOwnPassword, setOwnPassword] = useState(draft.redis.password === 'own');
  const [wasTried, setTried] = useState(false);
  const [isMoreOpen, setMoreOpen] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const windows = useWindowsArchive();
  const { hasWindows, hasLinux } = kindsOfServers(draft);

  /** Whether a field of this step must be corrected, as the draft stands at this moment. */
  function needsAdmin(): boolean {
    const now = draftStore.getState().current;
    if (now === null) return true;
    const { redis } = now.draft;
    const trust = trustOfDraft(now.draft, windows.archive);
    const isOtherVersion = hasLinux && windows.archive?.version !== redis.version;
    const isBuildMissing = !builds.some(
      ({ build, isAvailable }) => isAvailable && build.engine === redis.engine && build.version === redis.version,
    );
    return (
      openPaths().length > 0 ||
      (hasWindows && (trust === null || !isTrusted(trust) || isOtherVersion || lacksExperimentalWord(now.draft, windows.archive))) ||
      (hasWindows && lacksOwnService(now.draft, windows.archive)) ||
      (hasLinux && (isOwnArchive ? redis.archive === null || comparePublished(redis.archive, published) === false : isBuildMissing)) ||
      (isOwnPassword && (redis.password !== 'own' || !now.knownSecrets.has('REDIS_PASSWORD')))
    );
  }

  async function goOn(): Promise<void> {
    await flush();
    if (!needsAdmin() && !unreadNetwork.current) {
      goTo('placement');
      return;
    }
    setTried(true);
    revealEmpty();
    if (openPaths().some((path) => MORE_PATHS.test(path))) setMoreOpen(true);
    // The marks are drawn in the next frame.
    requestAnimationFrame(() => {
      root.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-attention]')?.focus();
    });
  }

  const isHeld = wasTried && needsAdmin();
  return (
    <StepFrame
      title={text('window.redis.title')}
      lead={text(hasWindows && draft.redis.windowsArchive === undefined ? 'window.redis.lead.windows' : 'window.redis.lead')}
      primary={{
        label: text('window.redis.primary'),
        onPress: goOn,
        ...(isHeld ? { why: text('window.redis.hold') } : {}),
      }}
    >
      <div ref={root} className={classes['step']}>
        {failure === null ? null : <FailurePanel failure={failure} />}
        <WindowsNotice servers={draft.servers} />
        <div className={classes['panels']}>
          {hasWindows || draft.redis.windowsArchive !== undefined ? (
            <Panel title={text('window.redis.section.windows')} isWide>
              <WindowsArchiveFields inspected={windows} isNeeded={hasWindows} linuxVersion={hasLinux ? draft.redis.version : null} />
              {hasWindows ? <DefenderField /> : null}
              {hasWindows ? <OwnServiceField draft={draft} archive={windows.archive} /> : null}
            </Panel>
          ) : null}
          <Panel title={text(hasLinux ? 'window.redis.section.program' : 'window.redis.password')}>
            {hasLinux ? (
              <VersionFields isOwnArchive={isOwnArchive} onOwnArchive={setOwnArchive} published={published} onPublished={setPublished} />
            ) : null}
            <PasswordFields isOwn={isOwnPassword} onOwn={setOwnPassword} onFailure={setFailure} isMissing={isHeld} />
          </Panel>
          <Panel title={text('window.redis.section.memory')}>
            <MemoryFields />
          </Panel>
          <Panel title={text('window.redis.section.loss')}>
            <TimeoutField />
          </Panel>
          <Panel title={text('window.redis.section.clients')}>
            <ClientFields
              onUnread={(isUnread) => {
                unreadNetwork.current = isUnread;
              }}
            />
          </Panel>
        </div>
        <Fold
          key={String(isMoreOpen)}
          isOpenAtFirst={isMoreOpen}
          summary={
            <>
              <strong>{text('window.redis.more')}</strong>{' '}
              <span className={classes['summary']}>
                {text('window.redis.more.summary', {
                  name: draft.name,
                  masterPort: draft.redis.masterPort,
                  replicaPort: draft.redis.replicaPort,
                })}
              </span>
            </>
          }
        >
          <MoreFields />
        </Fold>
      </div>
    </StepFrame>
  );
}

function Panel({
  title,
  isWide = false,
  children,
}: {
  readonly title: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section className={`${classes['panel'] ?? ''} ${isWide ? (classes['wide'] ?? '') : ''}`} aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}
