/** How a cluster can be had as plain files, for those who automate without Triad. */
export const EXPORT_KINDS = ['ansible', 'shell'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** The list by which `sha256sum -c` proves an exported folder, and by which Triad knows its own. */
export const EXPORT_SUMS = 'SHA256SUMS';

/** One file of a plain export: its place below the folder, with slashes, and its permission bits. */
export interface PlainFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}
