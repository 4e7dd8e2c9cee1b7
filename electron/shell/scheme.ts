import { protocol, type Protocol } from 'electron';
import { SCHEME } from './ownAddress.ts';
import { answerAppRequest } from './pages/appPage.ts';

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
  readonly answerReport: (address: URL) => Promise<Response>;
}

/** Serves the window and the reports; there is nothing else in the scheme, and nothing can be written to it. */
export function serveScheme(target: Protocol, { renderer, answerReport }: SchemeContents): void {
  target.handle(SCHEME, async (request) => {
    const address = new URL(request.url);
    if (request.method !== 'GET') return new Response(null, { status: 405 });
    if (address.hostname === 'report') return answerReport(address);
    if (address.hostname !== 'app') return new Response(null, { status: 404 });
    return answerAppRequest(address, renderer);
  });
}
