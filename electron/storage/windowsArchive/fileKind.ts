/** What a file is by its first bytes, as far as somebody could give it for an archive. Null: nothing that is known here. */
export function fileKindOf(bytes: Uint8Array): 'zip' | 'msi' | 'gzip' | '7z' | 'rar' | 'program' | null {
  const starts = (...head: readonly number[]): boolean => head.every((byte, index) => bytes[index] === byte);
  // `PK`, then a file or the end of an empty zip.
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip';
  // A compound file of OLE: the format of Windows Installer packages.
  if (starts(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'msi';
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (starts(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)) return '7z';
  if (starts(0x52, 0x61, 0x72, 0x21)) return 'rar';
  return starts(0x4d, 0x5a) ? 'program' : null;
}
