import { isWindowsPath } from '../shared/domain/serverPath.ts';

/** Who owns what Triad puts on a server and no service may change; told by the path, which is one of Windows or of Linux. */
export function administratorAt(path: string): { readonly owner: string; readonly group: string } {
  const name = isWindowsPath(path) ? 'Administrators' : 'root';
  return { owner: name, group: name };
}
