import { currentLanguage, localDecimal, switchLanguage, type Language } from '../domain/language.ts';
import type { Message } from '../domain/message.ts';
import { en } from './en/index.ts';

type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** Every code of the catalogue. */
export type MessageCode = keyof typeof en;

/**
 * A catalogue: the text of every code, except of what is written to the servers. That is English for everybody: in the reader's language
 * it would differ from what is there whenever somebody with another language looks, and an installation would change for nothing.
 */
export type Texts = Readonly<Record<Exclude<MessageCode, `change.readme.${string}`>, string>>;

type ValuesOf<Code extends MessageCode> = Readonly<Record<Placeholders<(typeof en)[Code]>, string | number>>;

const catalogues = new Map<Language, Texts>([['en', en]]);

/**
 * Makes a language known. English always is; the others are handed in by what shows them (the window, the desktop app, tests), so that
 * the command line, which stays English, does not load them at every start.
 */
export function registerLanguage(language: Language, texts: Texts): void {
  catalogues.set(language, texts);
}

/** Says everything in this language from now on, in this process. Throws when the language was not registered. */
export function setLanguage(language: Language): void {
  if (!catalogues.has(language)) throw new Error(`The texts of the language ${language} were not registered.`);
  switchLanguage(language);
}

/**
 * Does something in another language and comes back to the present one. Only for what ends at once: while a promise is awaited, others
 * would speak the wrong language.
 */
export function inLanguage<Result>(language: Language, work: () => Result): Result {
  const before = currentLanguage();
  setLanguage(language);
  try {
    return work();
  } finally {
    switchLanguage(before);
  }
}

/** A message by its code; the compiler asks for exactly the values that the text names. */
export function message<Code extends MessageCode>(
  code: Code,
  ...values: [Placeholders<(typeof en)[Code]>] extends [never] ? [] : [ValuesOf<Code>]
): Message {
  return { code, values: values[0] ?? {} };
}

/** Whether a code stands in the catalogue; for codes that arrive as data (schema issues, journals of another version). */
export function isMessageCode(code: string): code is MessageCode {
  return Object.hasOwn(en, code);
}

/** The text of a message in the current language, its values filled in; an unknown code is shown as it is, with its values, so nothing is lost. */
export function say(text: Message): string {
  return sayIn(currentLanguage(), text);
}

/** The text of a message in this language. A function of its own: with a second parameter `say` could not be handed to `map`. */
export function sayIn(language: Language, text: Message): string {
  const texts: Readonly<Record<string, string>> = catalogues.get(language) ?? en;
  const template = isMessageCode(text.code) ? (texts[text.code] ?? en[text.code]) : `${text.code} ${JSON.stringify(text.values)}`;
  return template.replaceAll(/\{\{(\w+)\}\}/gu, (whole, name: string) => {
    const value = text.values[name];
    return value === undefined ? whole : localValue(value, language);
  });
}

/** An amount with a unit, such as `7.6 GB`. A version or an address never looks like it. */
const AMOUNT = /^\d+\.\d+ \p{L}+$/u;

/** A value with the decimal sign of the language. Other texts stay as they are, and thousands are not separated: most numbers are ports. */
function localValue(value: string | number, language: Language): string {
  const text = String(value);
  return typeof value === 'number' || AMOUNT.test(text) ? localDecimal(text, language) : text;
}
