/** Longer than any name in a release or in the folder of a program. */
const LONGEST = 200;
/** What Windows takes in a name, of the letters and signs that every language has, and neither a dot nor a blank at its ends. */
const SEGMENT = /^(?!\.{1,2}$)[\w.()[\]{}@+~$,=!#%&'-](?:[\w.()[\]{}@+~$,=!#%&' -]*[\w()[\]{}@+~$,=!#%&'-])?$/u;

/** Whether a name may stand in an archive that somebody else has packed: no way out of its folder, and nothing that Windows reads as another name. */
export function isArchivePath(path: string): boolean {
  return path.length <= LONGEST && path.split('/').every((segment) => SEGMENT.test(segment));
}
