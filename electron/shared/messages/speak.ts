import type { Language } from '../domain/language.ts';
import { registerLanguage, setLanguage, type Texts } from './message.ts';

/** The language that settings mean on a machine whose own is `system`. */
export function languageOf(settings: { readonly language: Language | 'system' }, system: Language): Language {
  return settings.language === 'system' ? system : settings.language;
}

/** Loads the texts of a language other than English, which is always there. */
export type LoadTexts = (language: Exclude<Language, 'en'>) => Promise<Texts>;

/** Speaks a language, having loaded its texts: they are not needed by everybody. */
export type Speak = (language: Language) => Promise<void>;

/** Makes it with English spoken. */
export function createSpeak(load: LoadTexts): Speak {
  const known = new Set<Language>(['en']);
  let wanted: Language = 'en';
  return async (language) => {
    wanted = language;
    if (language !== 'en' && !known.has(language)) {
      registerLanguage(language, await load(language));
      known.add(language);
    }
    // Another one may have been chosen while the texts were loading.
    if (wanted === language) setLanguage(language);
  };
}
