import { expect, test } from 'vitest';
import { filledDraft } from '../../bridge/testing/fakeBridge.ts';
import { editServer } from './editServer.ts';

test('what a server runs on is forgotten with its address, and with nothing else', () => {
  const known = editServer(filledDraft(), 0, { platform: 'windows' });
  expect(editServer(known, 0, { user: 'DOMAIN\\admin' }).servers[0]?.platform).toBe('windows');
  expect(editServer(known, 1, { address: '10.0.0.9' }).servers[0]?.platform).toBe('windows');
  for (const change of [{ address: '10.0.0.9' }, { sshHost: 'other' }, { sshPort: '2222' }])
    expect(Object.keys(editServer(known, 0, change).servers[0] ?? {})).not.toContain('platform');
});
