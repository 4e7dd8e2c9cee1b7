import { Button, Code, Group, Input, Text } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { SelectField, TextField } from '../../widgets/fields.tsx';
import { HelpBubble } from '../../widgets/HelpBubble.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './redis.module.css';

/** `redis-7.2.5.tar.gz` names its engine and version. */
const FILE_NAME = /(redis|valkey)[-_ ]?v?(\d+\.\d+\.\d+)/iu;

/** What {@link ArchiveFields} takes. */
export interface ArchiveFieldsProps {
  readonly published: string;
  readonly onPublished: (published: string) => void;
}

/** Whether the hash that somebody published is that of the chosen file; null while there is nothing to compare. */
export function comparePublished(archive: Draft['redis']['archive'], published: string): boolean | null {
  const wanted = published.trim().toLowerCase();
  return archive === null || wanted === '' ? null : wanted === archive.sha256;
}

/** An archive with programs that the admin brings: the file, what is in it, and its hash to compare. */
export function ArchiveFields({ published, onPublished }: ArchiveFieldsProps): ReactNode {
  const text = useText();
  const noteId = useId();
  const { redis } = useDraft(({ draft }) => draft);
  const edit = useDraft((open) => open.edit);
  const showsEmpty = useDraft((open) => open.showsEmpty);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { archive } = redis;
  const isSame = comparePublished(archive, published);
  const isMissing = archive === null && showsEmpty;
  const label = text('window.redis.archive');

  function change(changed: Partial<Draft['redis']>): void {
    edit((draft) => ({ ...draft, redis: { ...draft.redis, ...changed } }));
  }

  async function choose(): Promise<void> {
    setFailure(null);
    try {
      const chosen = await call('files.chooseArchive');
      if (chosen === null) return;
      const [, engine, version] = FILE_NAME.exec(chosen.file.name) ?? [];
      change({
        archive: chosen,
        ...(engine === undefined ? {} : { engine: engine.toLowerCase() === 'valkey' ? 'valkey' : 'redis' }),
        ...(version === undefined ? {} : { version }),
      });
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    }
  }

  return (
    <>
      <div role="group" aria-label={label}>
        <Group gap={4} mb={4}>
          <Input.Label component="span" required>
            {label}
          </Input.Label>
          <HelpBubble about={label}>{text('window.redis.archive.help')}</HelpBubble>
        </Group>
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconFileZip size="1rem" aria-hidden />}
            aria-describedby={noteId}
            data-attention={isMissing || undefined}
            onClick={() => {
              void choose();
            }}
          >
            {text(archive === null ? 'window.redis.archive.choose' : 'window.redis.archive.other')}
          </Button>
          <Text size="sm" id={noteId} className={classes['breaking'] ?? ''} {...(isMissing ? { c: 'var(--triad-fail)' } : {})}>
            {archive === null ? text(isMissing ? 'window.redis.archive.missing' : 'window.redis.archive.none') : archive.file.name}
          </Text>
        </Group>
      </div>
      {failure === null ? null : <FailurePanel failure={failure} />}
      {archive === null ? null : (
        <>
          <div className={classes['pair']}>
            <SelectField
              label={text('window.redis.archive.engine')}
              help={text('window.redis.archive.engine.help')}
              value={redis.engine}
              options={[
                { value: 'redis', label: 'Redis' },
                { value: 'valkey', label: 'Valkey' },
              ]}
              onChange={(engine) => {
                change({ engine });
              }}
            />
            <TextField
              label={text('window.redis.archive.version')}
              help={text('window.redis.archive.version.help')}
              path="redis.version"
              value={redis.version}
              isMono
              onChange={(version) => {
                change({ version });
              }}
            />
          </div>
          <div>
            <Text fw={500} size="sm">
              {text('window.redis.archive.sha256')}
            </Text>
            <Code className={classes['breaking'] ?? ''}>{archive.sha256}</Code>
          </div>
          <TextField
            label={text('window.redis.archive.published')}
            help={text('window.redis.archive.published.help')}
            value={published}
            isMono
            error={isSame === false ? text('window.redis.archive.different') : null}
            note={isSame === true ? <VerdictMark verdict="pass" label={text('window.redis.archive.same')} /> : null}
            onChange={onPublished}
          />
        </>
      )}
    </>
  );
}
