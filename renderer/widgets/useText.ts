import { message, say, type MessageCode } from '../../electron/shared/messages/message.ts';
import { useSession } from '../state/session.ts';

/** A text of the catalogue with its values filled in; the compiler asks for exactly the values that the text names. */
export function textOf<Code extends MessageCode>(...parts: Parameters<typeof message<Code>>): string {
  return say(message<Code>(...parts));
}

/** {@link textOf} for a component: it is drawn again when the language changes. Messages that arrive as data go through `say`. */
export function useText(): typeof textOf {
  useSession(({ language }) => language);
  return textOf;
}
