import { onTestFinished } from 'vitest';
import { connectHost } from '../../connectHost.ts';
import type { ObserveRequest } from '../../host.ts';
import type { WindowsHost } from '../windowsHost.ts';
import { createFakeFiles } from './fakeFiles.ts';
import { createFakeHelper, HELPER_BYTES, type FakeHelper } from './fakeHelper.ts';
import { startFakeWindows, type FakeWindows, type FakeWindowsOptions } from './fakeWindows.ts';

/** A connected fake Windows server with the model of the helper on it. */
export interface FakeHostSet {
  readonly host: WindowsHost;
  readonly fake: FakeWindows;
  readonly helper: FakeHelper;
}

/** Starts one and connects to it as everybody does; both end with the test. */
export async function startFakeHost(options: FakeWindowsOptions & { readonly helperBytes?: Uint8Array | null } = {}): Promise<FakeHostSet> {
  const files = options.files ?? createFakeFiles();
  const helper = createFakeHelper(files);
  const fake = await startFakeWindows({
    ...options,
    files,
    onCall: async (call) => (await options.onCall?.(call)) ?? helper.answer(call),
  });
  onTestFinished(() => fake.ssh.stop());
  const { helperBytes = HELPER_BYTES } = options;
  const host = await connectHost({
    server: 'win-1',
    endpoint: { address: '127.0.0.1', port: fake.ssh.port },
    login: { kind: 'password', user: 'admin', password: 'x' },
    sudoPassword: null,
    hostKey: { expected: null, acceptsNew: true },
    helperProgram: () => Promise.resolve(helperBytes),
  });
  onTestFinished(() => host.close());
  return { host: host as WindowsHost, fake, helper };
}

/** A request for nothing. */
export const observeNothing: ObserveRequest = {
  paths: [],
  contentOf: [],
  units: [],
  ports: [],
  disks: [],
  serviceUser: '',
  serviceFolders: [],
  logs: [],
  firewallTag: 'triad:sessions',
};
