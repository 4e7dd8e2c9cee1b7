import type { BlueprintFile } from '../blueprint.ts';

/**
 * Where a file of a server lies in a bundle; one of a Windows server below its drive's letter, as `files/C/Triad`. The one that holds the password is another
 * name's, so that nobody copies a stand-in to its place.
 */
export function bundledFilePath(server: string, file: Pick<BlueprintFile, 'path' | 'holdsSecret'>): string {
  const place = file.path.replace(/^([A-Za-z]):\\/u, '/$1\\').replaceAll('\\', '/');
  return `servers/${server}/files${place}${file.holdsSecret ? '.not-included.txt' : ''}`;
}
