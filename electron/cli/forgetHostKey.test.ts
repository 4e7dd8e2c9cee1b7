import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openKnownHosts } from '../storage/knownHosts.ts';
import { knownHostsFile } from '../storage/triadHome.ts';
import { HostAddress, Port } from '../shared/domain/address.ts';
import { forgetHostKey } from './forgetHostKey.ts';

async function homeForTest(): Promise<{ readonly home: string; readonly said: () => string }> {
  const home = await mkdtemp(join(tmpdir(), 'triad-forget-'));
  vi.stubEnv('TRIAD_HOME', home);
  const said: string[] = [];
  const write = (text: unknown): boolean => said.push(String(text)) > 0;
  const outputs = [process.stdout, process.stderr].map((output) => vi.spyOn(output, 'write').mockImplementation(write));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    for (const output of outputs) output.mockRestore();
    await rm(home, { recursive: true });
  });
  return { home, said: () => said.join('') };
}

test('a key is forgotten once; a host without a port stands for port 22', async () => {
  const { home, said } = await homeForTest();
  const known = await openKnownHosts(knownHostsFile(home));
  const endpoint = { address: HostAddress.parse('2001:db8::1'), port: Port.parse(22) };
  await known.accept(endpoint, { type: 'ssh-ed25519', fingerprint: `SHA256:${'a'.repeat(43)}` });
  expect(await forgetHostKey('2001:DB8:0::1')).toBe(0);
  expect(said()).toContain('[2001:db8::1]:22');
  expect(await forgetHostKey('[2001:db8::1]:22')).toBe(1);
});

test('a damaged file is kept, and told with what to do', async () => {
  const { home, said } = await homeForTest();
  await writeFile(knownHostsFile(home), 'not JSON');
  expect(await forgetHostKey('server.example')).toBe(2);
  expect(said()).toContain('[storage.damaged]');
  expect(await readdir(home)).toEqual([expect.stringMatching(/^known-hosts\.json\.damaged-/u)]);
});
