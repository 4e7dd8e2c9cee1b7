import { app } from 'electron';
import type { Language } from '../../shared/domain/language.ts';

/** The language of the operating system, as far as Triad speaks it: English for all others. */
export function systemLanguage(): Language {
  const [first = ''] = app.getPreferredSystemLanguages();
  return /^pt\b/iu.test(first) ? 'pt' : 'en';
}
