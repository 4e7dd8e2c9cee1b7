import type { WindowApi } from '../handlers/window/createWindowApi.ts';
import type { Settings } from '../shared/contract/procedures.ts';
import type { AppCommands } from './appCommands.ts';
import type { ContractApi } from './contract/contractApi.ts';

/** The core behind the window, loaded after the window has begun to. */
export interface Core {
  /** The core as soon as it is there; tried again after a failure, since a damaged file is out of the way then. */
  readonly api: () => Promise<WindowApi>;
  /** The same as the contract is served, with what only the shell knows. */
  readonly contract: () => Promise<ContractApi>;
  readonly activeRuns: () => number;
  readonly shutdown: () => Promise<void>;
  /** Makes a draft of a file and tells the window to open it. */
  readonly openFile: (file: string) => Promise<void>;
}

/** What the core is loaded with. */
export interface CoreOptions {
  readonly load: () => Promise<WindowApi>;
  readonly commands: AppCommands;
  /** The settings as the core keeps them: at every start of the window. */
  readonly onSettings: (settings: Settings) => void;
  /** Whether Home has anything to show: each time that it asks. */
  readonly onHome: (hasCards: boolean) => void;
}

/** Makes the core's place; nothing is loaded yet. */
export function createCore({ load, commands, onSettings, onHome }: CoreOptions): Core {
  let loading: Promise<WindowApi> | null = null;
  let loaded: WindowApi | null = null;
  /** A draft that was opened from outside, until the window has asked. */
  let opened: string | null = null;

  const api = async (): Promise<WindowApi> => {
    loading ??= load();
    try {
      loaded = await loading;
      return loaded;
    } catch (error) {
      loading = null;
      throw error;
    }
  };

  return {
    api,
    contract: async () => {
      const { procedures, streams } = await api();
      return {
        procedures: {
          ...procedures,
          'app.start': async (input: undefined) => {
            const start = await procedures['app.start'](input);
            onSettings(start.settings);
            const openDraft = opened ?? start.openDraft;
            opened = null;
            return { ...start, openDraft };
          },
          'home.list': async (input: undefined) => {
            const cards = await procedures['home.list'](input);
            onHome(cards.length > 0);
            return cards;
          },
        },
        streams: { ...streams, 'app.commands': (_, push) => commands.follow(push) },
      };
    },
    activeRuns: () => loaded?.activeRuns() ?? 0,
    shutdown: async () => {
      if (loading === null) return;
      const core = await api();
      await core.shutdown();
    },
    openFile: async (file) => {
      const core = await api();
      opened = await core.openPath(file);
      commands.send('opened');
    },
  };
}
