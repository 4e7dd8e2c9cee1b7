import { Button, Code, Group, Input, Text } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { formatBytes } from '../../../electron/shared/domain/reportFormat.ts';
import type { Verdict } from '../../../electron/shared/domain/verdict.ts';
import {
  TYPED_CHARACTERS,
  windowsArchiveTrust,
  type WindowsArchive,
  type WindowsArchiveTrust,
} from '../../../electron/shared/domain/windowsArchive.ts';
import { isExperimental, WINDOWS_DISTRIBUTIONS } from '../../../electron/shared/domain/windowsDistribution.ts';
import { aboutArchive, nameOfArchive } from '../../../electron/shared/messages/aboutArchive.ts';
import { say as inWords } from '../../../electron/shared/messages/message.ts';
import { useDraft } from '../../state/draft.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { TextField } from '../../widgets/fields.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { HelpBubble } from '../../widgets/HelpBubble.tsx';
import { issueText } from '../../widgets/useFieldError.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { ExperimentalField } from './ExperimentalField.tsx';
import classes from './redis.module.css';
import type { InspectedArchive } from './useWindowsArchive.ts';

const VERDICTS: Readonly<Record<WindowsArchiveTrust, Verdict>> = {
  listed: 'pass',
  published: 'pass',
  typed: 'warn',
  different: 'fail',
  mistyped: 'fail',
  nobody: 'fail',
};

/** What {@link WindowsArchiveFields} takes. */
export interface WindowsArchiveFieldsProps {
  readonly inspected: InspectedArchive;
  /** There are Windows servers: without an archive the step is held. */
  readonly isNeeded: boolean;
  /** The version that the Linux servers of the same cluster get; null where there are none. */
  readonly linuxVersion: string | null;
}

/** The archive's words, and whose word counts; null where none was chosen. */
export function trustOfDraft({ redis }: Draft, archive: WindowsArchive | null): WindowsArchiveTrust | null {
  const { windowsArchive } = redis;
  return archive === null || windowsArchive === undefined
    ? null
    : windowsArchiveTrust(archive, { published: windowsArchive.published, typed: windowsArchive.typed });
}

/** Whether the archive of a draft is of a kind that needs a word of its own, and has not got it. */
export function lacksExperimentalWord({ redis }: Draft, archive: WindowsArchive | null): boolean {
  return archive !== null && isExperimental(archive.distribution) && redis.windowsArchive?.experimental !== archive.distribution;
}

/** The archive with Redis for Windows servers that the admin brings: the file, what it is, and who vouches for it. Red until somebody does. */
export function WindowsArchiveFields({ inspected, isNeeded, linuxVersion }: WindowsArchiveFieldsProps): ReactNode {
  const text = useText();
  const noteId = useId();
  const draft = useDraft((open) => open.draft);
  const issue = useDraft((open) => open.issueAt('redis.windowsArchive'));
  const edit = useDraft((open) => open.edit);
  const showsEmpty = useDraft((open) => open.showsEmpty);
  const { windowsArchive } = draft.redis;
  const { archive, failure, isReading, choose } = inspected;
  const isMissing = isNeeded && windowsArchive === undefined && showsEmpty;
  const label = text('window.redis.windowsArchive');

  async function chooseAnother(): Promise<void> {
    // Nobody has decided on the version of a new draft that has Windows servers alone: an archive will say it.
    const chosen = await choose(linuxVersion ?? (windowsArchive === undefined ? null : draft.redis.version));
    // Without Linux servers nothing else says the version.
    if (chosen !== null && linuxVersion === null)
      edit((now) => ({ ...now, redis: { ...now.redis, engine: 'redis', version: chosen.version, archive: null } }));
  }

  function doWithout(): void {
    edit((now) => {
      const { windowsArchive: taken, ...redis } = now.redis;
      return taken === undefined ? now : { ...now, redis };
    });
  }

  return (
    <>
      {isNeeded ? null : <VerdictMark verdict="warn" label={text('windowsArchive.support')} />}
      <div role="group" aria-label={label}>
        <Group gap={4} mb={4}>
          <Input.Label component="span" required={isNeeded}>
            {label}
          </Input.Label>
          <HelpBubble about={label}>{text('window.redis.windowsArchive.help')}</HelpBubble>
        </Group>
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconFileZip size="1rem" aria-hidden />}
            aria-describedby={noteId}
            data-attention={isMissing || failure !== null || undefined}
            onClick={() => {
              void chooseAnother();
            }}
          >
            {text(windowsArchive === undefined ? 'window.redis.windowsArchive.choose' : 'window.redis.archive.other')}
          </Button>
          {isNeeded || windowsArchive === undefined ? null : (
            <Button variant="subtle" onClick={doWithout}>
              {text('window.redis.windowsArchive.without')}
            </Button>
          )}
          <Text size="sm" id={noteId} className={classes['breaking'] ?? ''} {...(isMissing ? { c: 'var(--triad-fail)' } : {})}>
            {windowsArchive?.file.name ?? text(isMissing ? 'window.redis.archive.missing' : 'window.redis.archive.none')}
          </Text>
        </Group>
      </div>
      {issue === null ? null : <VerdictMark verdict="fail" label={issueText(issue, draft)} />}
      {failure === null ? null : <FailurePanel failure={failure} />}
      {isReading ? <Text size="sm">{text('window.redis.windowsArchive.reading')}</Text> : null}
      {archive === null || windowsArchive === undefined ? (
        <Fold isPlain summary={text('window.redis.windowsArchive.memurai')}>
          <Text size="sm">{text('windowsArchive.memurai.howTo')}</Text>
        </Fold>
      ) : (
        <Found draft={draft} archive={archive} linuxVersion={linuxVersion} />
      )}
    </>
  );
}

/** What was found in the archive, and the two words that the admin can say for it. */
function Found({
  draft,
  archive,
  linuxVersion,
}: {
  readonly draft: Draft;
  readonly archive: WindowsArchive;
  readonly linuxVersion: string | null;
}): ReactNode {
  const text = useText();
  const edit = useDraft((open) => open.edit);
  const { version, sizeBytes, sha256, files, isListed, distribution } = archive;
  const { published = '', typed = '' } = draft.redis.windowsArchive ?? {};
  const trust = trustOfDraft(draft, archive) ?? 'nobody';
  const { name, page } = WINDOWS_DISTRIBUTIONS[distribution];
  // Of Memurai the zip itself is not published: somebody has made it.
  const [publishedLabel, publishedHelp] =
    distribution === 'memurai'
      ? [text('window.redis.windowsArchive.published.own'), text('window.redis.windowsArchive.published.ownHelp', { name })]
      : [text('window.redis.windowsArchive.published'), text('window.redis.windowsArchive.published.help', { page })];

  function say(word: { readonly published?: string; readonly typed?: string }): void {
    edit((now) =>
      now.redis.windowsArchive === undefined
        ? now
        : { ...now, redis: { ...now.redis, windowsArchive: { ...now.redis.windowsArchive, ...word } } },
    );
  }

  return (
    <>
      <Text size="sm">
        {text('window.redis.windowsArchive.found', {
          redis: inWords(nameOfArchive(archive)),
          size: formatBytes(sizeBytes),
          count: files.length,
        })}
      </Text>
      {isExperimental(distribution) ? <ExperimentalField draft={draft} archive={archive} /> : null}
      {linuxVersion === null || linuxVersion === version ? null : (
        <VerdictMark verdict="fail" label={text('window.redis.windowsArchive.otherVersion', { version, wanted: linuxVersion })} />
      )}
      <div>
        <Text fw={500} size="sm">
          {text('window.redis.archive.sha256')}
        </Text>
        <Code className={classes['breaking'] ?? ''}>{sha256}</Code>
      </div>
      <TextField
        label={publishedLabel}
        help={publishedHelp}
        value={published}
        isMono
        error={trust === 'different' ? text('windowsArchive.trust.different') : null}
        onChange={(value) => {
          say({ published: value });
        }}
      />
      {isListed || published.trim() !== '' ? null : (
        <TextField
          label={text('window.redis.windowsArchive.typed')}
          help={text('window.redis.windowsArchive.typed.help', { count: TYPED_CHARACTERS })}
          value={typed}
          isMono
          error={trust === 'mistyped' && typed.trim().length >= TYPED_CHARACTERS ? text('windowsArchive.trust.mistyped') : null}
          onChange={(value) => {
            say({ typed: value });
          }}
        />
      )}
      {trust === 'different' || trust === 'mistyped' ? null : (
        <VerdictMark verdict={VERDICTS[trust]} label={text(`windowsArchive.trust.${trust}`)} />
      )}
      <Fold isOpenAtFirst summary={text('window.redis.windowsArchive.origin')}>
        <div className={classes['stack']}>
          {aboutArchive(archive).map((note) => (
            <Text size="sm" key={note.code}>
              {inWords(note)}
            </Text>
          ))}
        </div>
      </Fold>
    </>
  );
}
