/** Our scheme, the origin of the window in it, and where reports are. */
export const SCHEME = 'triad';
export const APP_ORIGIN = 'triad://app';
export const APP_PAGE = 'triad://app/index.html';
const REPORT_PREFIX = 'triad://report/';

/** Whether an address is one of a report's. */
export function isReportAddress(address: string): boolean {
  return address.startsWith(REPORT_PREFIX);
}

/** Whether anything may be fetched from an address: our own scheme, and pictures that stand in the address itself. */
export function isOwnAddress(address: string): boolean {
  return address.startsWith(`${APP_ORIGIN}/`) || isReportAddress(address) || address.startsWith('data:image/');
}

/**
 * Whether a page may send a frame somewhere. The window itself may only load itself again; only a report may come into a frame of it.
 */
export function mayNavigate(address: string, isMainFrame: boolean): boolean {
  return isMainFrame ? address.split('#', 1)[0] === APP_PAGE : isReportAddress(address);
}
