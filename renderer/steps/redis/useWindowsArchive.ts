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
  /** Asks for one, which is of this version where its programs do not tell (null: nobody has decided on one); a choice that cannot be used leaves the earlier one. */
  readonly choose: (version: string | null) => Promise<WindowsArchive | null>;
}

/** What was found in which file, and the version that was thought of when it was read. */
interface FoundArchive {
  readonly id: string;
  readonly asked: string | null;
  readonly archive: WindowsArchive;
}

/** Looks into the archive that the draft names: what is kept is its place and what the admin says of it, never what was once found in it. */
export function useWindowsArchive(): InspectedArchive {
  const chosen = useDraft(({ draft }) => draft.redis.windowsArchive?.file.id ?? null);
  const version = useDraft(({ draft }) => draft.redis.version);
  const edit = useDraft((open) => open.edit);
  const [found, setFound] = useState<FoundArchive | null>(null);
  const [failed, setFailed] = useState<{ readonly id: string | null; readonly version: string; readonly failure: Failure } | null>(null);
  // Where it is of the version that was thought of, its programs may have left that open: then another one counts now.
  const isKnown = found !== null && found.id === chosen && (found.asked === version || found.archive.version !== found.asked);

  useEffect(() => {
    if (chosen === null || isKnown) return undefined;
    let isGone = false;
    call('files.inspectWindowsArchive', { id: chosen, version }).then(
      (archive) => {
        if (!isGone) setFound({ id: chosen, asked: version, archive });
      },
      (error: unknown) => {
        if (!isGone) setFailed({ id: chosen, version, failure: failureOf(error, adminSubject) });
      },
    );
    return () => {
      isGone = true;
    };
  }, [chosen, version, isKnown]);

  async function choose(hint: string | null): Promise<WindowsArchive | null> {
    setFailed(null);
    try {
      const answer = await call('files.chooseWindowsArchive', { version: hint });
      if (answer === null) return null;
      const { file, archive } = answer;
      setFound({ id: file.id, asked: hint, archive });
      // What was said of another file says nothing of this one.
      edit((draft) => ({ ...draft, redis: { ...draft.redis, windowsArchive: { file, published: '', typed: '' } } }));
      return archive;
    } catch (error) {
      setFailed({ id: chosen, version, failure: failureOf(error, adminSubject) });
      return null;
    }
  }

  const failure = failed !== null && failed.id === chosen && failed.version === version ? failed.failure : null;
  return { archive: isKnown ? found.archive : null, isReading: chosen !== null && !isKnown && failure === null, failure, choose };
}
