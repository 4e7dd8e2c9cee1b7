import { protocol, type Protocol } from 'electron';
import type { ShellLog } from './log/logFile.ts';
import { SCHEME } from './ownAddress.ts';
import { answerAppRequest } from './pages/appPage.ts';
import { answerReportRequest } from './pages/reportPage.ts';

/** Makes our scheme one like https, so that the window has an origin, modules and a code cache. Only possible before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** What our scheme serves. */
export interface SchemeContents {
  /** Folder of the built window. */
  readonly renderer: string;
  readonly reportHtml: (runId: string) => Promise<string>;
  readonly log: ShellLog;
}

/** Serves the window and the reports; there is nothing else in the scheme, and nothing can be written to it. */
export function serveScheme(target: Protocol, { renderer, reportHtml, log }: SchemeContents): void {
  const render = async (runId: string): Promise<string> => {
    try {
      return await reportHtml(runId);
    } catch (error) {
      log.error('report.notShown', error, { runId });
      throw error;
    }
  };
  target.handle(SCHEME, async (request) => {
    const address = new URL(request.url);
    if (request.method !== 'GET') return new Response(null, { status: 405 });
    if (address.hostname === 'app') return answerAppRequest(address, renderer);
    if (address.hostname === 'report') return answerReportRequest(address, render);
    return new Response(null, { status: 404 });
  });
}
