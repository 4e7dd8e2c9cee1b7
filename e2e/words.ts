import type { Language } from '../electron/shared/domain/language.ts';
import { registerLanguage, sayIn, type MessageCode } from '../electron/shared/messages/message.ts';
import { pt } from '../electron/shared/messages/pt/index.ts';

registerLanguage('pt', pt);

/** The words of the window in one language, by their code. */
export type Words = (code: MessageCode, values?: Readonly<Record<string, string | number>>) => string;

/** Says texts of the catalogue as the window does. */
export function wordsOf(language: Language): Words {
  return (code, values = {}) => sayIn(language, { code, values });
}

/** A text of the catalogue as a pattern: whatever is filled in matches. */
export function patternOf(words: Words, code: MessageCode): RegExp {
  const escaped = words(code).replaceAll(/[.*+?^$()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/\{\{\w+\}\}/gu, '.+')}$`, 'u');
}
