import { isWindowsPath } from './serverPath.ts';

/** To whom the programs of a cluster belong on a server, by where they lie. */
export function ownerOfPrograms(path: string): { readonly owner: string; readonly group: string } {
  const owner = isWindowsPath(path) ? 'Administrators' : 'root';
  return { owner, group: owner };
}
