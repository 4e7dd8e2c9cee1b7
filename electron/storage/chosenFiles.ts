import { basename } from 'node:path';
import { z } from 'zod';
import type { ChosenFile } from '../shared/domain/draft.ts';
import { newId } from './drafts.ts';
import { readVersionedFile, writePrivateFile } from './versionedFile.ts';

const ChosenFilesFile = z.object({ schemaVersion: z.literal(1), files: z.record(z.string(), z.string()) });

/** The places of files that the admin chose in dialogs. The window only ever sees their ids and names. */
export interface ChosenFiles {
  /** Remembers a place; the same one keeps its id. */
  remember(path: string): Promise<ChosenFile>;
  /** Null for an id that was never given out. */
  pathOf(id: string): string | null;
}

/** Opens the list of chosen files. */
export async function openChosenFiles(file: string): Promise<ChosenFiles> {
  const places = new Map(Object.entries((await readVersionedFile(file, ChosenFilesFile))?.files ?? {}));
  let writing: Promise<unknown> = Promise.resolve();
  return {
    remember: async (path) => {
      const known = [...places].find(([, place]) => place === path)?.[0];
      const id = known ?? newId();
      if (known === undefined) {
        places.set(id, path);
        const done = writing.then(async () =>
          writePrivateFile(file, `${JSON.stringify({ schemaVersion: 1, files: Object.fromEntries(places) }, null, 2)}\n`),
        );
        writing = done.catch(() => undefined);
        await done;
      }
      return { id, name: basename(path) };
    },
    pathOf: (id) => places.get(id) ?? null,
  };
}
