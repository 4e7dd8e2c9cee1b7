import { FirstLook } from '../../electron/shared/contract/firstLook.ts';

/** What the shell knew when it served this page; null where Home is not to be drawn before the core has answered. */
export function readFirstLook(): FirstLook | null {
  const written = document.querySelector<HTMLMetaElement>('meta[name="triad-first-look"]')?.content;
  try {
    return FirstLook.parse(JSON.parse(written ?? ''));
  } catch {
    return null; // a reload, a file to be opened, or a page that the shell has not served
  }
}
