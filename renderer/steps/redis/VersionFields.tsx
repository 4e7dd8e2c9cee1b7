import { Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useDraft } from '../../state/draft.ts';
import { useSession } from '../../state/session.ts';
import { SelectField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { ArchiveFields, type ArchiveFieldsProps } from './ArchiveFields.tsx';
import { buildName, hasSupportEnded, outSystemsWords, supportWords } from './supportWords.ts';

/** The value of the choice that is no build of the catalogue. */
const OWN = 'own';

/** What {@link VersionFields} takes. */
export interface VersionFieldsProps extends ArchiveFieldsProps {
  readonly isOwnArchive: boolean;
  readonly onOwnArchive: (isOwn: boolean) => void;
}

/** Which program runs: a build that Triad brings, with who looks after it, or an archive of the admin's. */
export function VersionFields({ isOwnArchive, onOwnArchive, ...archive }: VersionFieldsProps): ReactNode {
  const text = useText();
  const [now] = useState(() => new Date());
  const builds = useSession(({ app }) => app?.builds ?? []);
  const { redis } = useDraft(({ draft }) => draft);
  const edit = useDraft((open) => open.edit);
  const key = `${redis.engine} ${redis.version}`;
  const offered = builds.find(({ build }) => `${build.engine} ${build.version}` === key);
  const isMissing = !isOwnArchive && offered?.isAvailable !== true;
  const missingName = (build: { readonly engine: 'redis' | 'valkey'; readonly version: string }): string =>
    text('window.redis.version.missing', { build: buildName(build) });
  const options = [
    ...builds.map(({ build, isAvailable }) => ({
      value: `${build.engine} ${build.version}`,
      label: isAvailable ? buildName(build) : missingName(build),
      isDisabled: !isAvailable,
    })),
    // A specification that was opened may name a version that this Triad does not know.
    ...(offered === undefined && !isOwnArchive ? [{ value: key, label: missingName(redis), isDisabled: true }] : []),
    { value: OWN, label: text('window.redis.version.own') },
  ];

  function choose(value: string): void {
    const chosen = builds.find(({ build }) => `${build.engine} ${build.version}` === value);
    onOwnArchive(chosen === undefined);
    if (chosen === undefined) return;
    const { engine, version } = chosen.build;
    edit((draft) => ({ ...draft, redis: { ...draft.redis, engine, version, archive: null } }));
  }

  const note =
    offered === undefined || isOwnArchive ? null : (
      <span>
        {hasSupportEnded(offered.build.support.ends, now) ? (
          <VerdictMark verdict="warn" label={supportWords(offered.build, now)} />
        ) : (
          supportWords(offered.build, now)
        )}{' '}
        {outSystemsWords(offered.build)}
      </span>
    );

  return (
    <>
      <SelectField
        label={text('window.redis.version')}
        help={text('window.redis.version.help')}
        path="redis.version"
        error={isMissing ? text('window.redis.version.unavailable') : null}
        value={isOwnArchive ? OWN : key}
        options={options}
        note={note}
        onChange={choose}
      />
      {isOwnArchive ? (
        <>
          <Text size="sm" c="dimmed">
            {text('window.redis.support.own')}
          </Text>
          <ArchiveFields {...archive} />
        </>
      ) : null}
    </>
  );
}
