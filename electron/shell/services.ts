import { app, Menu, type BrowserWindow } from 'electron';
import type { Platform } from '../handlers/window/platform.ts';
import { CHANNEL } from '../shared/contract/channels.ts';
import type { Settings } from '../shared/contract/procedures.ts';
import type { Language } from '../shared/domain/language.ts';
import { message, say } from '../shared/messages/message.ts';
import { createSpeak, languageOf, type LoadTexts } from '../shared/messages/speak.ts';
import { createCallServer, foreignReply, type CallServer } from './contract/callServer.ts';
import { createRefusalLog } from './contract/refusal.ts';
import { createStreamServer, type Push, type StreamServer } from './contract/streamServer.ts';
import type { Core } from './core.ts';
import type { ShellLog } from './log/logFile.ts';
import type { Redactor } from './log/redact.ts';
import { menuTemplate, type MenuActions } from './menu.ts';
import type { Answer } from './pages/answer.ts';
import { answerReportRequest } from './pages/reportPage.ts';
import { createElectronPlatform } from './platform/electronPlatform.ts';
import { createQuestions, type Questions } from './questions.ts';

/** What the window already has when its services are loaded. */
export interface ServiceContext {
  readonly core: Core;
  readonly log: ShellLog;
  readonly redactor: Redactor;
  readonly window: () => BrowserWindow | null;
  readonly focus: () => void;
  readonly menuActions: MenuActions;
  readonly isDevelopment: boolean;
  readonly applySettings: (settings: Settings) => void;
  readonly systemLanguage: () => Language;
  readonly loadTexts: LoadTexts;
}

/** Everything of the shell that needs schemas or words: not a millisecond of it stands before the window's first paint. */
export interface Services {
  readonly platform: Platform;
  readonly call: CallServer;
  readonly foreign: () => ReturnType<typeof foreignReply>;
  readonly streams: StreamServer;
  readonly refuse: ReturnType<typeof createRefusalLog>;
  readonly answerReport: (address: URL) => Promise<Answer>;
  /** Speaks the language of the settings in menu and dialogs. */
  readonly speak: (settings: Settings) => Promise<void>;
  readonly tellStopping: () => void;
  readonly questions: Questions;
}

/** Makes them; English is spoken until `speak`. */
export function createServices(context: ServiceContext): Services {
  const { core, log, redactor, window, focus, menuActions, isDevelopment, applySettings, systemLanguage, loadTexts } = context;
  const refuse = createRefusalLog(log, () => performance.now());
  const speakLanguage = createSpeak(loadTexts);

  const showMenu = (): void => {
    const template = menuTemplate(menuActions, { isMac: process.platform === 'darwin', isDevelopment });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    app.setAboutPanelOptions({
      applicationName: 'Triad',
      applicationVersion: app.getVersion(),
      credits: say(message('shell.about.credits')),
    });
  };

  const send = (push: Push): void => {
    const page = window()?.webContents;
    if (page?.isDestroyed() === false) page.send(CHANNEL.push, push);
  };

  const answerReport = async (address: URL): Promise<Answer> =>
    answerReportRequest(address, async (runId, view) => {
      try {
        const api = await core.api();
        return await api.reportHtml(runId, view);
      } catch (error) {
        log.error('report.notShown', error, { runId });
        throw error;
      }
    });

  return {
    platform: createElectronPlatform({
      window,
      focus,
      applySettings,
      systemLanguage,
      hideSecret: (secret) => redactor.hide(secret),
      log,
    }),
    call: createCallServer({ api: core.contract, log, refuse, redactor }),
    foreign: foreignReply,
    streams: createStreamServer({ api: core.contract, log, refuse, send }),
    refuse,
    answerReport,
    speak: async (settings) => {
      await speakLanguage(languageOf(settings, systemLanguage()));
      showMenu();
    },
    tellStopping: () => window()?.setTitle(say(message('shell.close.stopping'))),
    questions: createQuestions(window, redactor, menuActions.openLogs),
  };
}
