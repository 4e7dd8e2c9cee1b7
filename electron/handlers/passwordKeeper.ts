import { say, message } from '../shared/messages/message.ts';
import { generatePassword, keepPassword, readGeneratedPassword, type OnSecret } from '../storage/secrets.ts';
import { generatedPasswordFile } from '../storage/triadHome.ts';

/** Where the Redis password of a cluster is kept on this machine when the specification names none. */
export interface PasswordKeeper {
  /** The kept one, or null: the servers are asked then, and only an installation makes one. Throws `secret.unreadable`. */
  read(): Promise<string | null>;
  /** Keeps the one that was found on the servers, or makes one and keeps that; returns what is kept, which may be another that was there before. */
  keep(found?: string): Promise<string>;
}

/** The password that an earlier run has kept under a cluster's name, or null. Throws `secret.unreadable`. */
export async function keptPassword(home: string, cluster: string, onSecret: OnSecret = () => undefined): Promise<string | null> {
  const kept = await readGeneratedPassword(generatedPasswordFile(home, cluster), say(message('cli.purpose.redis')));
  if (kept !== null) onSecret(kept);
  return kept;
}

/** Keeps it in a file of Triad's home that only its owner can read: for the command line, which has no keychain. */
export function filePasswordKeeper(home: string, cluster: string, onSecret: OnSecret = () => undefined): PasswordKeeper {
  const file = generatedPasswordFile(home, cluster);
  const purpose = say(message('cli.purpose.redis'));
  return {
    read: async () => keptPassword(home, cluster, onSecret),
    keep: async (found) => (found === undefined ? generatePassword(file, purpose) : keepPassword(file, found, purpose)),
  };
}
