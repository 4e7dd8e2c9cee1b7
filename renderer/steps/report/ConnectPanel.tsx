import { Button, Group, Tabs, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { carriesPassword, type ConnectionFormatId } from '../../../electron/shared/domain/connectionStrings.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { useAnswer } from '../../widgets/useAnswer.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './report.module.css';

/** How clients connect: for each kind of client the settings to paste. */
export function ConnectPanel({ runId }: { readonly runId: string }): ReactNode {
  const text = useText();
  const { value: connections, failure } = useAnswer(runId, async () => call('reports.connections', runId));
  if (failure !== null) return <FailurePanel failure={failure} />;
  if (connections === null) return <Loading what={text('window.report.connect.reading')} />;
  return (
    <div className={classes['panel']}>
      <Text c="dimmed">{text('window.report.connect.lead')}</Text>
      <Tabs
        orientation="vertical"
        defaultValue={connections[0]?.format ?? null}
        keepMounted={false}
        classNames={{ panel: classes['client'] ?? '', list: classes['clients'] ?? '' }}
      >
        <Tabs.List aria-label={text('window.report.connect.clients')}>
          {connections.map(({ format }) => (
            <Tabs.Tab key={format} value={format}>
              {text(`window.report.connect.${format}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {connections.map(({ format, text: settings }) => (
          <Tabs.Panel key={format} value={format}>
            <Client runId={runId} format={format} settings={settings} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

type Told = 'copied' | 'copiedPlain' | 'copiedWith' | 'copiedPassword' | 'passwordUnknown';

function Client({
  runId,
  format,
  settings,
}: {
  readonly runId: string;
  readonly format: ConnectionFormatId;
  readonly settings: string;
}): ReactNode {
  const text = useText();
  const draftId = useDraft(({ draft }) => draft.id);
  const [told, setTold] = useState<Told | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const hasPassword = carriesPassword(format);

  /** The core copies: the password never passes through the window. */
  async function copy(what: () => Promise<Told>): Promise<void> {
    setTold(null);
    setFailure(null);
    try {
      setTold(await what());
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    }
  }
  const copySettings = (withPassword: boolean): void => {
    void copy(async () => {
      await call('reports.copyConnection', { runId, format, withPassword });
      if (withPassword) return 'copiedWith';
      return hasPassword && format !== 'redisCli' ? 'copied' : 'copiedPlain';
    });
  };
  const copyPassword = (): void => {
    void copy(async () =>
      (await call('secrets.copy', { draft: draftId, name: 'REDIS_PASSWORD' })) ? 'copiedPassword' : 'passwordUnknown',
    );
  };

  return (
    <div className={classes['panel']}>
      <Text>{text(`window.report.connect.${format}.where`)}</Text>
      <pre
        className={classes['code']}
        role="group"
        aria-label={text('window.report.connect.code', { client: text(`window.report.connect.${format}`) })}
        // Scrolls by itself, so the keyboard must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {settings}
      </pre>
      <Group gap="sm">
        <Button
          variant="outline"
          onClick={() => {
            copySettings(false);
          }}
        >
          {text('window.report.connect.copy')}
        </Button>
        <Button
          variant="default"
          onClick={
            hasPassword
              ? () => {
                  copySettings(true);
                }
              : copyPassword
          }
        >
          {text(hasPassword ? 'window.report.connect.copyWith' : 'window.report.connect.copyPassword')}
        </Button>
        <span role="status">{told === null ? null : text(`window.report.connect.${told}`)}</span>
      </Group>
      {failure === null ? null : <FailurePanel failure={failure} />}
    </div>
  );
}
