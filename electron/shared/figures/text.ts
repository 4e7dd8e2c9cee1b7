import { message, say, type MessageCode } from '../messages/message.ts';

/** The text of a code with its values filled in; the compiler asks for exactly the values that the text names. */
export function text<Code extends MessageCode>(...parts: Parameters<typeof message<Code>>): string {
  return say(message<Code>(...parts));
}
