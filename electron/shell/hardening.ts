import { app, type Session, type WebContents } from 'electron';
import type { ShellLog } from './log/logFile.ts';
import { isOwnAddress, mayNavigate } from './ownAddress.ts';

/** Settings of Chromium that must be made before Electron is ready: no page without a sandbox, no name resolved, no call home. */
export function hardenApp(): void {
  // It would undo the switch that root needs in a checkout, and Chromium's own processes would not start; every page asks for a sandbox, too.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Nothing of ours lives on a network that Chromium knows; what the core dials, Node dials.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
}

/** Lets a session fetch from our scheme and from nowhere else, and grants no page anything. */
export function hardenSession(session: Session, isDevelopment: boolean, log: ShellLog): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isAllowed = isOwnAddress(url) || (isDevelopment && url.startsWith('devtools://'));
    if (!isAllowed) log.warn('page.requestDenied', { scheme: schemeOf(url) });
    answer({ cancel: !isAllowed });
  });
  session.setPermissionRequestHandler((_, permission, answer) => {
    log.warn('page.permissionDenied', { permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
    log.warn('page.downloadDenied');
  });
  // Its dictionaries would be fetched from the internet.
  session.setSpellCheckerEnabled(false);
}

/** Takes from every page that is ever made the ways to go elsewhere, to open another, or to reach the network beside the session. */
export function hardenPages(log: ShellLog): void {
  app.on('web-contents-created', (_, contents) => hardenPage(contents, log));
}

function hardenPage(contents: WebContents, log: ShellLog): void {
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('page.openDenied', { scheme: schemeOf(url) });
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (details) => {
    if (mayNavigate(details.url, details.isMainFrame)) return;
    details.preventDefault();
    log.warn('page.navigationDenied', { scheme: schemeOf(details.url), isMainFrame: details.isMainFrame });
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** All of a refused address that is logged: the rest may hold anything. */
function schemeOf(address: string): string {
  return /^[a-z][a-z0-9+.-]{0,20}:/iu.exec(address)?.[0] ?? '';
}
