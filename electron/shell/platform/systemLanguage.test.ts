import { expect, it, vi } from 'vitest';
import { systemLanguage } from './systemLanguage.ts';

const desktop = vi.hoisted((): { languages: readonly string[] } => ({ languages: [] }));
vi.mock('electron', () => ({ app: { getPreferredSystemLanguages: () => desktop.languages } }));

it.each([
  [['pt-PT', 'en'], 'pt'],
  [['pt'], 'pt'],
  [['de-DE', 'pt-PT'], 'en'],
  [[], 'en'],
] as const)('the language of a system that prefers %j is %s', (languages, language) => {
  desktop.languages = languages;
  expect(systemLanguage()).toBe(language);
});
