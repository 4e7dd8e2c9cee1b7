import { Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconClipboardList, IconPlugConnected } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { loginIndexOf } from '../../../electron/shared/domain/draft.ts';
import { draftClashes } from '../../../electron/shared/domain/draftClashes.ts';
import { applyPastedAddresses, type PastedAddress, type PastedAddresses } from '../../../electron/shared/domain/pastedAddresses.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { draftStore, useDraft, type OpenDraft } from '../../state/draft.ts';
import { clashesOf, serverTests, testServer, useServerTests } from '../../state/serverTests.ts';
import { useSession } from '../../state/session.ts';
import { SwitchField } from '../../widgets/fields.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { WindowsNotice } from '../../widgets/WindowsNotice.tsx';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { setSameLogin } from './editServer.ts';
import { hasOpenFields, holdOf, type HoldInput } from './holdOf.ts';
import { PasteAddresses } from './PasteAddresses.tsx';
import { cardId, ServerCard } from './ServerCard.tsx';
import classes from './servers.module.css';

const ALL: readonly number[] = [0, 1, 2];

/** What decides whether the step can be left, as the draft stands now. */
function holdInputOf({ draft, reading, missingSecrets }: OpenDraft): HoldInput {
  const tests = serverTests();
  const missing = missingSecrets().flatMap(({ server }) => server ?? []);
  return {
    names: draft.servers.map(({ name }) => name),
    reading,
    clashes: draftClashes(draft),
    withoutSecret: ALL.filter((index) => missing.includes(loginIndexOf(draft, index))),
    tests,
    machines: clashesOf(tests),
  };
}

/** Whether a field below "More" of a server must be corrected. */
function needsMore({ reading, clashes }: HoldInput, index: number): boolean {
  const paths = [...(reading.ok ? [] : reading.issues), ...clashes].map(({ path }) => path);
  return ['port', 'host', 'hostKey'].some((field) => paths.includes(`servers.${index}.ssh.${field}`));
}

/** Step 1: the three servers, how Triad logs in to them, and what a first look finds. */
export function ServersStep(): ReactNode {
  const text = useText();
  const open = useDraft();
  const { draft, edit } = open;
  const goTo = useSession((session) => session.goTo);
  const tests = useServerTests();
  const root = useRef<HTMLDivElement>(null);
  const [isPasting, setPasting] = useState(false);
  const [notice, setNotice] = useState('');
  const [wasTried, setTried] = useState(false);
  const [moreOpen, setMoreOpen] = useState<readonly boolean[]>([false, false, false]);

  const input = holdInputOf(open);
  const isTesting = tests.some(({ kind }) => kind === 'running');
  const hold = wasTried && !isTesting ? holdOf(input) : null;
  const untested = ALL.filter((index) => tests[index]?.kind !== 'done');

  /** Marks what must be put right in the fields and goes to the first of it; false when these servers can be tested. */
  async function stopAtFields(servers: readonly number[]): Promise<boolean> {
    await open.flush();
    const current = draftStore.getState().current ?? open;
    const now = holdInputOf(current);
    if (!hasOpenFields(now, servers)) return false;
    current.revealEmpty();
    setMoreOpen((before) => ALL.map((index) => before[index] === true || needsMore(now, index)));
    // The marks are drawn in the next frame.
    requestAnimationFrame(() => {
      root.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-attention]')?.focus();
    });
    return true;
  }

  async function test(servers: readonly number[]): Promise<void> {
    if (await stopAtFields(servers)) return;
    await Promise.all(servers.map(async (index) => testServer(index)));
  }

  async function goOn(): Promise<void> {
    setTried(true);
    if (await stopAtFields(ALL)) return;
    await Promise.all(
      serverTests().flatMap((state, index) => (state.kind === 'done' && state.result.kind !== 'failed' ? [] : [testServer(index)])),
    );
    const reason = holdOf(holdInputOf(draftStore.getState().current ?? open));
    if (reason === null) {
      goTo('redis');
      return;
    }
    if (reason.server === null) return;
    const card = document.getElementById(cardId(reason.server));
    card?.scrollIntoView({ block: 'nearest' });
    document.getElementById(`${cardId(reason.server)}-title`)?.focus({ preventScroll: true });
  }

  function fillIn(servers: readonly PastedAddress[], from: number): void {
    edit((before) => applyPastedAddresses(before, servers, from));
    const count = Math.min(servers.length, servers.length >= 3 ? 3 : 3 - from);
    setNotice(count === 1 ? text('window.servers.paste.filledOne') : text('window.servers.paste.filled', { count }));
  }

  function paste({ servers, unread }: PastedAddresses, from: number): void {
    fillIn(servers, from);
    if (unread.length > 0) setNotice((before) => `${before} ${text('window.servers.paste.unread', { words: unread.join(', ') })}`);
  }

  const why =
    hold === null
      ? untested.length === 0 || isTesting
        ? undefined
        : text('window.servers.primary.why', { servers: untested.map((index) => draft.servers[index]?.name ?? '').join(', ') })
      : say(hold.why);
  const primary: StepAction = {
    label: text('window.servers.primary'),
    onPress: goOn,
    isBusy: isTesting && wasTried,
    ...(why === undefined ? {} : { why }),
  };
  const secondary: readonly StepAction[] =
    hold?.canGoOn === true
      ? [
          {
            label: text('window.servers.anyway'),
            onPress: () => {
              goTo('redis');
            },
          },
        ]
      : [];

  return (
    <StepFrame title={text('window.servers.title')} lead={text('window.servers.lead')} primary={primary} secondary={secondary}>
      <div ref={root} className={classes['step']}>
        <Group justify="space-between" gap="sm">
          <SwitchField
            label={text('window.servers.sameLogin')}
            help={text('window.servers.sameLogin.help')}
            isOn={draft.sameLogin}
            onChange={(isOn) => {
              edit((before) => setSameLogin(before, isOn));
            }}
          />
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<IconClipboardList size="1rem" aria-hidden />}
              aria-expanded={isPasting}
              onClick={() => {
                setPasting(!isPasting);
              }}
            >
              {text('window.servers.paste')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconPlugConnected size="1rem" aria-hidden />}
              disabled={isTesting}
              onClick={() => {
                void test(ALL);
              }}
            >
              {text('window.servers.testAll')}
            </Button>
          </Group>
        </Group>
        {isPasting ? (
          <PasteAddresses
            onApply={(servers) => {
              fillIn(servers, 0);
              setPasting(false);
            }}
            onCancel={() => {
              setPasting(false);
            }}
          />
        ) : null}
        <Text size="sm" role="status" className={classes['notice'] ?? ''}>
          {notice}
        </Text>
        {input.machines.map((clash) => (
          <div key={`${clash.server} ${clash.first}`} role="alert" className={classes['machines']}>
            <VerdictMark
              verdict={clash.kind === 'sameMachine' ? 'fail' : 'warn'}
              label={text(`window.servers.machine.${clash.kind}`, {
                server: draft.servers[clash.server]?.name ?? '',
                first: draft.servers[clash.first]?.name ?? '',
              })}
            />
          </div>
        ))}
        <WindowsNotice servers={draft.servers} />
        <div className={classes['cards']}>
          {draft.servers.map((server, index) => (
            <ServerCard
              // Servers have no identity but their place.
              key={index}
              index={index}
              server={server}
              clashes={input.clashes}
              test={tests[index] ?? { kind: 'idle' }}
              isMoreOpen={moreOpen[index] === true}
              onTest={() => {
                void test([index]);
              }}
              onPaste={(pasted) => {
                paste(pasted, index);
              }}
            />
          ))}
        </div>
        <VisuallyHidden role="status">
          {tests
            .flatMap((state, index) =>
              state.kind === 'done'
                ? [
                    text('window.servers.tested', {
                      server: draft.servers[index]?.name ?? '',
                      state: text(`window.servers.state.${state.result.kind}`),
                    }),
                  ]
                : [],
            )
            .join('; ')}
        </VisuallyHidden>
      </div>
    </StepFrame>
  );
}
