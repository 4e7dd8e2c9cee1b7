import { useEffect } from 'react';
import type { AppCommand } from '../../electron/shared/contract/streams.ts';
import { follow } from '../bridge/client.ts';
import { draftStore } from '../state/draft.ts';
import { beginNew, openFile } from '../state/home.ts';
import { useSession } from '../state/session.ts';

async function obey(command: AppCommand): Promise<void> {
  const session = useSession.getState();
  switch (command) {
    case 'newInstallation':
      await beginNew();
      return;
    case 'open':
      await openFile();
      return;
    case 'home':
      await session.goHome();
      return;
    case 'settings':
    case 'about':
    case 'help':
      session.showDialog(command);
      return;
    case 'report': {
      const runs = draftStore.getState().current?.draft.runs;
      if (session.screen.kind === 'wizard' && (runs?.install ?? runs?.validate ?? runs?.failoverTest ?? null) !== null)
        session.goTo('report');
      return;
    }
    case 'opened':
      await session.begin();
      return;
    case 'largerText':
    case 'smallerText':
    case 'normalText':
      // The shell does these by itself.
      return;
  }
}

/** Does what the native menu asks for. What fails is told by a dialog, whatever the screen is. */
export function useCommands(): void {
  const isStarted = useSession(({ app }) => app !== null);
  useEffect(() => {
    if (!isStarted) return;
    return follow('app.commands', undefined, (commands) => {
      for (const command of commands)
        obey(command).catch((error: unknown) => {
          useSession.getState().showFailure(error);
        });
    });
  }, [isStarted]);
}
