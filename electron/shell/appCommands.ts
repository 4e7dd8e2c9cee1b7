import type { AppCommand } from '../shared/contract/streams.ts';

/** Commands of the native menu on their way to the window: the stream `app.commands`. */
export interface AppCommands {
  /** False when no window listens: a page that is still loading has nothing to do with it. */
  send(command: AppCommand): boolean;
  follow(push: (commands: readonly AppCommand[]) => void): () => void;
}

/** Makes the stream with nobody on it. */
export function createAppCommands(): AppCommands {
  const followers = new Set<(commands: readonly AppCommand[]) => void>();
  return {
    send: (command) => {
      for (const push of followers) push([command]);
      return followers.size > 0;
    },
    follow: (push) => {
      followers.add(push);
      return () => followers.delete(push);
    },
  };
}
