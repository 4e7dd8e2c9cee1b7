import type { windowInstallTexts as english } from '../en/windowInstall.ts';

/** The texts of `en/windowInstall.ts` in Portuguese. */
export const windowInstallTexts = {} as const satisfies Record<keyof typeof english, string>;
