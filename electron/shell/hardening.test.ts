import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hardenApp, hardenPages, hardenSession } from './hardening.ts';
import { createFakeLog, type FakeLog } from './testing/fakeLog.ts';

/** What Electron was told, in place of Electron: the tests on a real one show that a page gets nowhere, these that each wall stands for itself. */
const electron = vi.hoisted(() => {
  const listeners = new Map<string, (...values: unknown[]) => void>();
  const state = { listeners, switches: new Map<string, string | undefined>(), given: new Set<string>(), isSandboxed: false };
  return {
    state,
    app: {
      on: (event: string, listener: (...values: unknown[]) => void) => listeners.set(event, listener),
      enableSandbox: () => {
        state.isSandboxed = true;
      },
      commandLine: {
        hasSwitch: (name: string) => state.given.has(name),
        appendSwitch: (name: string, value?: string) => state.switches.set(name, value),
      },
    },
  };
});
vi.mock('electron', () => ({ app: electron.app }));

/** An event of Electron that can be refused. */
function refusable(details: object = {}): { readonly preventDefault: () => void; isRefused: boolean } {
  const event = {
    ...details,
    isRefused: false,
    preventDefault: () => {
      event.isRefused = true;
    },
  };
  return event;
}

let log: FakeLog;
beforeEach(() => {
  log = createFakeLog();
  electron.state.given.clear();
  electron.state.switches.clear();
  electron.state.isSandboxed = false;
});

describe('before Electron is ready', () => {
  it('every page is put into a sandbox, no name is resolved, and nothing calls home', () => {
    hardenApp();
    expect(electron.state.isSandboxed).toBe(true);
    expect([...electron.state.switches]).toEqual([
      ['host-resolver-rules', 'MAP * ~NOTFOUND'],
      ['disable-background-networking', undefined],
      ['disable-component-update', undefined],
    ]);
  });

  it('the switch that root needs in a checkout is not undone', () => {
    electron.state.given.add('no-sandbox');
    hardenApp();
    expect(electron.state.isSandboxed).toBe(false);
  });
});

describe('a session', () => {
  class FakeSession extends EventEmitter {
    readonly webRequest = {
      onBeforeRequest: (handle: (details: { readonly url: string }, answer: (response: { readonly cancel: boolean }) => void) => void) => {
        this.request = handle;
      },
    };
    request: (details: { readonly url: string }, answer: (response: { readonly cancel: boolean }) => void) => void = () => undefined;
    permission: (contents: unknown, name: string, answer: (isGranted: boolean) => void) => void = () => undefined;
    check: () => boolean = () => true;
    device: () => boolean = () => true;
    isSpelling = true;
    setPermissionRequestHandler(handle: typeof this.permission): void {
      this.permission = handle;
    }
    setPermissionCheckHandler(handle: () => boolean): void {
      this.check = handle;
    }
    setDevicePermissionHandler(handle: () => boolean): void {
      this.device = handle;
    }
    setSpellCheckerEnabled(isOn: boolean): void {
      this.isSpelling = isOn;
    }
  }

  function hardened(isDevelopment = false): FakeSession {
    const session = new FakeSession();
    hardenSession(session as unknown as Session, isDevelopment, log);
    return session;
  }
  const isFetched = (session: FakeSession, url: string): boolean => {
    let isCancelled = false;
    session.request({ url }, ({ cancel }) => {
      isCancelled = cancel;
    });
    return !isCancelled;
  };

  it('fetches from our scheme and from nowhere else, and logs no more than the kind of what was refused', () => {
    const session = hardened();
    expect(isFetched(session, 'triad://app/index.html')).toBe(true);
    expect(isFetched(session, 'https://example.invalid/?password=hunter2')).toBe(false);
    expect(isFetched(session, 'devtools://devtools/x')).toBe(false);
    expect(log.lines[0]).toBe('warn page.requestDenied {"scheme":"https:"}');
  });

  it('fetches the developer tools where there are any', () => {
    expect(isFetched(hardened(true), 'devtools://devtools/x')).toBe(true);
  });

  it('grants nothing: no permission, whether asked for or looked up, and no device', () => {
    const session = hardened();
    const answers: boolean[] = [];
    session.permission(null, 'geolocation', (isGranted) => answers.push(isGranted));
    expect([...answers, session.check(), session.device()]).toEqual([false, false, false]);
    expect(log.lines).toEqual(['warn page.permissionDenied {"permission":"geolocation"}']);
  });

  it('downloads nothing, and fetches no dictionary', () => {
    const session = hardened();
    const event = refusable();
    session.emit('will-download', event);
    expect([event.isRefused, session.isSpelling]).toEqual([true, false]);
  });
});

describe('every page that is ever made', () => {
  class FakeContents extends EventEmitter {
    open: (details: { readonly url: string }) => unknown = () => ({ action: 'allow' });
    webRtc = '';
    setWindowOpenHandler(handle: typeof this.open): void {
      this.open = handle;
    }
    setWebRTCIPHandlingPolicy(policy: string): void {
      this.webRtc = policy;
    }
  }

  function hardened(): FakeContents {
    hardenPages(log);
    const contents = new FakeContents();
    electron.state.listeners.get('web-contents-created')?.({}, contents);
    return contents;
  }

  it('opens no other', () => {
    expect(hardened().open({ url: 'triad://app/index.html' })).toEqual({ action: 'deny' });
  });

  it.each([
    ['triad://app/index.html', true, false],
    ['triad://report/run-1', false, false],
    ['https://example.invalid/', true, true],
    ['https://example.invalid/', false, true],
    ['triad://report/run-1', true, true],
  ])('goes to %s (main frame: %s), or is refused: %s', (url, isMainFrame, isRefused) => {
    const event = refusable({ url, isMainFrame });
    hardened().emit('will-frame-navigate', event);
    expect(event.isRefused).toBe(isRefused);
  });

  it.each(['will-redirect', 'will-attach-webview'])('does not get by %s', (name) => {
    const event = refusable({ url: 'triad://app/index.html' });
    hardened().emit(name, event);
    expect(event.isRefused).toBe(true);
  });

  it('tells nobody an address of this machine', () => {
    expect(hardened().webRtc).toBe('disable_non_proxied_udp');
  });
});
