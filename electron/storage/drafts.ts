import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Draft } from '../shared/domain/draft.ts';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { readVersionedFile, writePrivateFile } from './versionedFile.ts';

/** The drafts of installations, one file each; they hold no secret. */
export interface Drafts {
  /** Newest first; one that cannot be read is kept aside and left out. */
  list(): Promise<readonly Draft[]>;
  /** Throws `storage.damaged`, or `storage.unwritable` when there is none with this id. */
  load(id: string): Promise<Draft>;
  /**
   * Writes of one draft follow one another in the order of the calls. One that was removed stays so, and nothing is said: what the window saves of its own
   * accord may have been on its way when the admin removed it.
   */
  save(draft: Draft): Promise<void>;
  remove(id: string): Promise<void>;
}

/** A new id for a draft or a chosen file: 128 random bits. */
export function newId(): string {
  return randomBytes(16).toString('hex');
}

/** Opens the folder of drafts. */
export function openDrafts(folder: string): Drafts {
  const fileOf = (id: string): string => join(folder, `${id}.json`);
  let writing: Promise<unknown> = Promise.resolve();
  /** Ids are never given twice, so these need not outlive this process. */
  const removed = new Set<string>();
  const inOrder = async (work: () => Promise<void>): Promise<void> => {
    const done = writing.then(work);
    writing = done.catch(() => undefined);
    return done;
  };
  const read = async (id: string): Promise<Draft | null> => {
    await writing;
    return readVersionedFile(fileOf(id), Draft);
  };
  return {
    list: async () => {
      const names = await readdir(folder).catch(() => []);
      const ids = names.flatMap((name) => /^([0-9a-f]{32})\.json$/u.exec(name)?.[1] ?? []);
      const drafts = await Promise.all(ids.map(async (id) => read(id).catch(() => null)));
      return drafts.filter((draft) => draft !== null).toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
    },
    load: async (id) => {
      const draft = await read(id);
      if (draft === null) throw fail('storage.unwritable', adminSubject, { values: { file: fileOf(id), reason: 'ENOENT' } });
      return draft;
    },
    save: async (draft) =>
      inOrder(async () => {
        if (!removed.has(draft.id)) await writePrivateFile(fileOf(draft.id), `${JSON.stringify(draft, null, 2)}\n`);
      }),
    remove: async (id) =>
      inOrder(async () => {
        await rm(fileOf(id), { force: true });
        removed.add(id);
      }),
  };
}
