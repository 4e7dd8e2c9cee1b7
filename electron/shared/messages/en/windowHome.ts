/** Words of the Home screen. Every code begins with `window.home.`. */
export const windowHomeTexts = {
  'window.home.title': 'Your clusters',
} as const;
