import { useEffect, useState } from 'react';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import type { WindowsArchive } from '../../../electron/shared/domain/windowsArchive.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';

/** The archive for Windows servers as it was found, and the way to another one. */
export interface InspectedArchive {
  /** Null while it is read, or where that failed or none was chosen. */
  readonly archive: WindowsArchive | null;
  readonly isReading: boolean;
  readonly failure: Failure | null;
  /** Asks for one; a choice that cannot be used leaves the earlier one. */
  readonly choose: () => Promise<WindowsArchive | null>;
}

/** Looks into the archive that the draft names: what is kept is its place and what the admin says of it, never what was once found in it. */
export function useWindowsArchive(): InspectedArchive {
  const chosen = useDraft(({ draft }) => draft.redis.windowsArchive?.file.id ?? null);
  const edit = useDraft((open) => open.edit);
  const [found, setFound] = useState<{ readonly id: string; readonly archive: WindowsArchive } | null>(null);
  const [failed, setFailed] = useState<{ readonly id: string | null; readonly failure: Failure } | null>(null);
  const isKnown = found !== null && found.id === chosen;

  useEffect(() => {
    if (chosen === null || isKnown) return undefined;
    let isGone = false;
    call('files.inspectWindowsArchive', chosen).then(
      (archive) => {
        if (!isGone) setFound({ id: chosen, archive });
      },
      (error: unknown) => {
        if (!isGone) setFailed({ id: chosen, failure: failureOf(error, adminSubject) });
      },
    );
    return () => {
      isGone = true;
    };
  }, [chosen, isKnown]);

  async function choose(): Promise<WindowsArchive | null> {
    setFailed(null);
    try {
      const answer = await call('files.chooseWindowsArchive');
      if (answer === null) return null;
      const { file, archive } = answer;
      setFound({ id: file.id, archive });
      // What was said of another file says nothing of this one.
      edit((draft) => ({ ...draft, redis: { ...draft.redis, windowsArchive: { file, published: '', typed: '' } } }));
      return archive;
    } catch (error) {
      setFailed({ id: chosen, failure: failureOf(error, adminSubject) });
      return null;
    }
  }

  const failure = failed !== null && failed.id === chosen ? failed.failure : null;
  return { archive: isKnown ? found.archive : null, isReading: chosen !== null && !isKnown && failure === null, failure, choose };
}
