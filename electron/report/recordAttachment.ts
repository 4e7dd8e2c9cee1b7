/** The name under which the record of a run lies beside its report, or in it. */
export const RECORD_FILE = 'record.jsonl.gz';

/** What stands in a page in the place of the record, until it is known whether that fits. */
const EMPTY_LINK = 'href="data:application/gzip;base64,"';

/** A page and the record in it may have this many bytes together: mail gateways and ticket systems stop at a megabyte. */
export const MOST_PAGE_BYTES = 1_000_000;

/** A record larger than this, unpacked, never fits into a page, and to find that out would take seconds; bytes. */
export const MOST_ATTACHED_BYTES = 32 * 1024 ** 2;

/** Puts a packed record into the link that a page has for it; null where both together would be too large. Text cannot hold the link: its quotes are escaped. */
export function attachRecord(page: string, packed: Uint8Array): string | null {
  const data = Buffer.from(packed).toString('base64');
  if (Buffer.byteLength(page) + data.length > MOST_PAGE_BYTES) return null;
  return page.replace(EMPTY_LINK, () => `${EMPTY_LINK.slice(0, -1)}${data}"`);
}

/** The packed record that a page holds, or null. */
export function attachedRecord(page: string): Buffer | null {
  const data = /href="data:application\/gzip;base64,([A-Za-z0-9+/=]+)"/u.exec(page)?.[1];
  return data === undefined ? null : Buffer.from(data, 'base64');
}
