import type { windowHomeTexts as english } from '../en/windowHome.ts';

/** The texts of `en/windowHome.ts` in Portuguese. */
export const windowHomeTexts = {
  'window.home.title': 'Os seus clusters',
} as const satisfies Record<keyof typeof english, string>;
