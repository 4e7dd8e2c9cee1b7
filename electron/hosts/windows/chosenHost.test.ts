import { describe, expect, onTestFinished, test } from 'vitest';
import { connectHost } from '../connectHost.ts';
import type { Host } from '../host.ts';
import { startFakeWindows, type FakeShell } from './testing/fakeWindows.ts';

describe('connecting', () => {
  async function connect(ident: string, defaultShell: FakeShell): Promise<{ readonly host: Host; readonly commands: readonly string[] }> {
    const fake = await startFakeWindows({ ident, defaultShell });
    onTestFinished(() => fake.ssh.stop());
    const host = await connectHost({
      server: 'win-1',
      endpoint: { address: '127.0.0.1', port: fake.ssh.port },
      login: { kind: 'password', user: 'admin', password: 'x' },
      sudoPassword: null,
      hostKey: { expected: null, acceptsNew: true },
    });
    onTestFinished(() => host.close());
    return { host, commands: fake.ssh.commands };
  }

  test('chooses by what the server calls itself, without asking it', async () => {
    const windows = await connect('OpenSSH_for_Windows_8.1', 'cmd');
    const linux = await connect('OpenSSH_9.2p1', 'bash');
    expect([windows.host.privilege, linux.host.privilege, ...windows.commands, ...linux.commands]).toEqual(['administrator', 'sudo']);
  });
});
