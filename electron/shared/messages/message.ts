import type { Message } from '../domain/message.ts';
import { en } from './en/index.ts';

type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** Every code of the catalogue. */
export type MessageCode = keyof typeof en;

type ValuesOf<Code extends MessageCode> = Readonly<Record<Placeholders<(typeof en)[Code]>, string | number>>;

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

/** The text of a message, its values filled in; an unknown code is shown as it is, with its values, so nothing is lost. */
export function say(text: Message): string {
  const template: string = isMessageCode(text.code) ? en[text.code] : `${text.code} ${JSON.stringify(text.values)}`;
  return template.replaceAll(/\{\{(\w+)\}\}/gu, (whole, name: string) => {
    const value = text.values[name];
    return value === undefined ? whole : String(value);
  });
}
