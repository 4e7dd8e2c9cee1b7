import type { ReactNode } from 'react';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { DEFAULT_WINDOWS_FOLDER } from '../../../electron/shared/domain/windowsFolder.ts';
import { portPairOf } from '../../../electron/shared/domain/draftValues.ts';
import { useDraft } from '../../state/draft.ts';
import { NumberField, TextField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';
import classes from './redis.module.css';
import { kindsOfServers } from './windowsServers.ts';

const LINUX_FOLDERS = ['install', 'data', 'logs'] as const;

/** What hardly anybody needs to change: name, ports, folders. */
export function MoreFields(): ReactNode {
  const text = useText();
  const draft = useDraft((open) => open.draft);
  const { hasWindows, hasLinux } = kindsOfServers(draft);
  // What must be corrected is shown, whoever uses it.
  const isLinuxFolderWrong = useDraft((open) => LINUX_FOLDERS.some((folder) => open.issueAt(`paths.${folder}`) !== null));
  const edit = useDraft((open) => open.edit);
  const busNote = (field: 'masterPort' | 'replicaPort'): string | null => {
    const pair = portPairOf(draft, field);
    return pair === null ? null : text('window.redis.bus', { port: pair.busPort });
  };
  const setFolder = (changed: Partial<Draft['paths']>): void => {
    edit((before) => ({ ...before, paths: { ...before.paths, ...changed } }));
  };
  return (
    <div className={classes['stack']}>
      <div className={classes['trio']}>
        <TextField
          label={text('window.redis.name')}
          help={text('window.redis.name.help')}
          path="name"
          value={draft.name}
          isRequired
          onChange={(name) => {
            edit((before) => ({ ...before, name }));
          }}
        />
        {(['masterPort', 'replicaPort'] as const).map((field) => (
          <NumberField
            key={field}
            label={text(`window.redis.${field}`)}
            help={text(`window.redis.${field}.help`)}
            path={`redis.${field}`}
            value={draft.redis[field]}
            note={busNote(field)}
            isRequired
            onChange={(value) => {
              edit((before) => ({ ...before, redis: { ...before.redis, [field]: value } }));
            }}
          />
        ))}
      </div>
      {hasLinux || isLinuxFolderWrong ? (
        <div className={classes['trio']}>
          {LINUX_FOLDERS.map((folder) => (
            <TextField
              key={folder}
              label={text(`window.redis.folder.${folder}`)}
              help={text(`window.redis.folder.${folder}.help`)}
              path={`paths.${folder}`}
              value={draft.paths[folder]}
              isMono
              isRequired
              onChange={(value) => {
                setFolder({ [folder]: value });
              }}
            />
          ))}
        </div>
      ) : null}
      {hasWindows || (draft.paths.windows ?? '') !== '' ? (
        <TextField
          label={text('window.redis.folder.windows')}
          help={text('window.redis.folder.windows.help')}
          path="paths.windows"
          value={draft.paths.windows ?? ''}
          placeholder={DEFAULT_WINDOWS_FOLDER}
          isMono
          onChange={(value) => {
            setFolder({ windows: value });
          }}
        />
      ) : null}
    </div>
  );
}
