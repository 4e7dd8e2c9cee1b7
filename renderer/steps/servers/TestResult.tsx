import { Button, Group, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatEndpoint } from '../../../electron/shared/domain/address.ts';
import type { ServerDraft } from '../../../electron/shared/domain/draft.ts';
import { formatInZone } from '../../../electron/shared/domain/reportFormat.ts';
import type { Verdict } from '../../../electron/shared/domain/verdict.ts';
import { DEFAULT_WINDOWS_FOLDER } from '../../../electron/shared/domain/windowsFolder.ts';
import { call } from '../../bridge/client.ts';
import { draftStore, useDraft } from '../../state/draft.ts';
import { testServer, type TestState } from '../../state/serverTests.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { ChangedKey } from './ChangedKey.tsx';
import { Glimpse } from './Glimpse.tsx';
import classes from './servers.module.css';
import { UnknownKey } from './UnknownKey.tsx';

/** Ten seconds to log in and ten to look; the core stops by itself then. */
const TEST_AT_MOST_MS = 20_000;

const VERDICTS: Readonly<Record<'reached' | 'keyUnknown' | 'keyChanged' | 'failed', Verdict>> = {
  reached: 'pass',
  keyUnknown: 'warn',
  keyChanged: 'fail',
  failed: 'fail',
};

/** A moment as the admin's clock shows it. */
function localTime(iso: string): string {
  return formatInZone(iso, Intl.DateTimeFormat().resolvedOptions().timeZone).slice(11, 19);
}

/** Where SSH reaches a server, for reading; what is not a number stands as it was typed. */
export function endpointOf(server: ServerDraft): string {
  const address = server.sshHost.trim() === '' ? server.address.trim() : server.sshHost.trim();
  return formatEndpoint({ address, port: Number(server.sshPort) || 22 });
}

/** What {@link TestResult} takes. */
export interface TestResultProps {
  readonly index: number;
  readonly name: string;
  readonly test: TestState;
  /** Tests the server as its fields stand, unless they need the admin first. */
  readonly onTest: () => void;
}

/** The lower half of a server's card: what the last test found, and the button for the next. */
export function TestResult({ index, name, test, onTest }: TestResultProps): ReactNode {
  const text = useText();
  const server = useDraft(({ draft }) => draft.servers[index]);
  const action = text(test.kind === 'done' || test.kind === 'stale' ? 'window.servers.testAgain' : 'window.servers.test');
  return (
    <div className={classes['result']} data-stale={test.kind === 'stale'}>
      <Group justify="space-between" gap="xs">
        <TestMark test={test} endpoint={server === undefined ? '' : endpointOf(server)} />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlugConnected size="1rem" aria-hidden />}
          aria-label={text('window.servers.testOf', { action, server: name })}
          disabled={test.kind === 'running'}
          onClick={onTest}
        >
          {action}
        </Button>
      </Group>
      <ResultBody index={index} name={name} test={test} endpoint={server === undefined ? '' : endpointOf(server)} />
    </div>
  );
}

function TestMark({ test, endpoint }: { readonly test: TestState; readonly endpoint: string }): ReactNode {
  const text = useText();
  if (test.kind === 'idle' || test.kind === 'running' || test.kind === 'stale')
    return <VerdictMark verdict="unknown" label={text(`window.servers.state.${test.kind}`)} />;
  const { kind } = test.result;
  return (
    <VerdictMark
      verdict={VERDICTS[kind]}
      label={text(`window.servers.state.${kind}`)}
      {...(kind === 'reached' ? { proof: text('window.servers.proof', { endpoint, time: localTime(test.at) }) } : {})}
    />
  );
}

function ResultBody({ index, name, test, endpoint }: Omit<TestResultProps, 'onTest'> & { readonly endpoint: string }): ReactNode {
  const text = useText();
  const { data, windows = DEFAULT_WINDOWS_FOLDER } = useDraft(({ draft }) => draft.paths);
  if (test.kind === 'idle')
    return (
      <Text size="sm" c="dimmed">
        {text('window.servers.idle.hint')}
      </Text>
    );
  if (test.kind === 'running') return <Loading what={text('window.servers.connecting', { endpoint })} atMostMs={TEST_AT_MOST_MS} />;
  const { result } = test;
  if (result.kind === 'reached')
    return <Glimpse server={name} glimpse={result.glimpse} dataFolder={result.glimpse.platform === 'windows' ? windows : data} />;
  // What a stale test asks or blames is about something that is not there any more.
  if (test.kind === 'stale') return null;
  switch (result.kind) {
    case 'failed':
      return <FailurePanel failure={result.failure} />;
    case 'keyUnknown':
      return (
        <UnknownKey
          server={name}
          hostKey={result.hostKey}
          platform={result.platform}
          onAccept={() => {
            void testServer(index, result.hostKey.fingerprint);
          }}
        />
      );
    case 'keyChanged':
      return (
        <ChangedKey
          server={name}
          expected={result.expected}
          offered={result.offered}
          onForget={async () => {
            await forgetKey(index, result.expected.fingerprint);
          }}
        />
      );
  }
}

async function forgetKey(index: number, fingerprint: string): Promise<void> {
  const draft = draftStore.getState().current?.draft;
  if (draft === undefined) return;
  await call('servers.forgetKey', { draft, server: index, fingerprint });
  void testServer(index);
}
