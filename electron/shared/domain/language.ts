/** The languages that Triad speaks: English, and Portuguese as written in Portugal. No Zod here: the command line loads this at every start. */
export const LANGUAGES = ['en', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

let current: Language = 'en';

/** The language in which texts and numbers are shown now; English until another one is set. */
export function currentLanguage(): Language {
  return current;
}

/**
 * Shows texts and numbers in this language from now on, in this process. One variable and not a parameter of every function that words
 * something: a process has one reader at a time. Use `setLanguage` of the messages, which also sees that the texts are there.
 */
export function switchLanguage(language: Language): void {
  current = language;
}

/** A decimal number as `toFixed` writes it, with the decimal sign of a language: `8.1` is `8,1` in Portuguese. */
export function localDecimal(digits: string, language: Language = current): string {
  return language === 'pt' ? digits.replace('.', ',') : digits;
}
