import type { WindowApi } from '../handlers/window/createWindowApi.ts';
import type { Settings } from '../shared/contract/procedures.ts';
import type { AppCommands } from './appCommands.ts';
import type { ContractApi } from './contract/contractApi.ts';

/** The core behind the window, loaded after the window has begun to. */
export interface Core {
  /** The core as soon as it is there; tried again after a failure, since a damaged file is out of the way then. */
  readonly api: () => Promise<WindowApi>;
  /**
   * Loads it before anybody asks. What fails here is told by the first of {@link calls}: a damaged file is out of the way by then, and what was in it would
   * be missing without a word.
   */
  readonly loadAhead: (onFailure: (error: unknown) => void) => void;
  /** The same as the contract is served, with what only the shell knows: to streams, which tell no failure. */
  readonly contract: () => Promise<ContractApi>;
  /** The same to calls, which do. */
  readonly calls: () => Promise<ContractApi>;
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
}

/** Makes the core's place; nothing is loaded yet. */
export function createCore({ load, commands, onSettings }: CoreOptions): Core {
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

  const contract = async (): Promise<ContractApi> => {
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
      },
      streams: { ...streams, 'app.commands': (_, push) => commands.follow(push) },
    };
  };

  /** Why loading ahead failed, until a call has told it. */
  let untold: { readonly error: unknown } | null = null;
  let told: unknown = null;

  return {
    api,
    contract,
    loadAhead: (onFailure) => {
      api().catch((error: unknown) => {
        // A call may have waited for the same loading, and tells it already.
        if (error !== told) untold = { error };
        onFailure(error);
      });
    },
    calls: async () => {
      if (untold !== null) {
        const { error } = untold;
        untold = null;
        throw error;
      }
      try {
        return await contract();
      } catch (error) {
        told = error;
        untold = null;
        throw error;
      }
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
