import type { BrowserWindow } from 'electron';
import { message, say } from '../shared/messages/message.ts';
import { askIn } from './askIn.ts';
import type { Redactor } from './log/redact.ts';
import { wordsOf } from './wordsOf.ts';

/** Everything that the shell asks or tells in a box of the system. */
export interface Questions {
  readonly askToClose: () => Promise<'keep' | 'stop'>;
  readonly askAboutCrash: () => Promise<'reload' | 'quit'>;
  readonly askAboutHang: () => Promise<'wait' | 'reload'>;
  /** The page cannot be shown at all. */
  readonly tellMissing: (reason: string) => Promise<void>;
  readonly tellFault: (error: unknown) => Promise<void>;
}

/** Makes them in the language that is spoken when they are asked. */
export function createQuestions(window: () => BrowserWindow | null, redactor: Redactor, openLogs: () => void): Questions {
  return {
    askToClose: async () => {
      const choice = await askIn(window(), {
        type: 'question',
        message: say(message('shell.close.question')),
        detail: say(message('shell.close.detail')),
        buttons: [say(message('shell.close.keep')), say(message('shell.close.stop'))],
      });
      return choice === 1 ? 'stop' : 'keep';
    },
    askAboutCrash: async () => {
      const choice = await askIn(window(), {
        type: 'error',
        message: say(message('shell.crash.title')),
        detail: say(message('shell.crash.detail')),
        buttons: [say(message('shell.crash.reload')), say(message('shell.menu.quit'))],
      });
      return choice === 1 ? 'quit' : 'reload';
    },
    askAboutHang: async () => {
      const choice = await askIn(window(), {
        type: 'warning',
        message: say(message('shell.hang.title')),
        detail: say(message('shell.hang.detail')),
        buttons: [say(message('shell.hang.wait')), say(message('shell.hang.reload'))],
      });
      return choice === 1 ? 'reload' : 'wait';
    },
    tellMissing: async (reason) => {
      await askIn(window(), {
        type: 'error',
        message: say(message('shell.page.missing', { reason })),
        detail: say(message('shell.page.missingDetail')),
        buttons: [say(message('shell.menu.quit'))],
      });
    },
    tellFault: async (error) => {
      const buttons = [say(message('shell.fault.goOn')), say(message('shell.fault.logs'))];
      if ((await askIn(window(), { type: 'error', ...wordsOf(error, redactor), buttons })) === 1) openLogs();
    },
  };
}
