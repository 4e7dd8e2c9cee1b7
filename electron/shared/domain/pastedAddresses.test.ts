import { describe, expect, it } from 'vitest';
import { emptyDraft } from './draft.ts';
import { applyPastedAddresses, readPastedAddresses } from './pastedAddresses.ts';

const alone = (address: string): object => ({ address, name: null, user: null, port: null });

describe('pasted addresses', () => {
  it.each([
    ['10.0.0.1,10.0.0.2,10.0.0.3'],
    ['10.0.0.1 10.0.0.2 10.0.0.3'],
    [' 10.0.0.1\n10.0.0.2\r\n10.0.0.3\n'],
    ['10.0.0.1; 10.0.0.2 ;\t10.0.0.3 # the new ones'],
    ['10.0.0.1 # first\n# nothing here\n\n10.0.0.2,10.0.0.3'],
  ])('are parted however they were written: %j', (text) => {
    expect(readPastedAddresses(text)).toEqual({ servers: ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(alone), unread: [] });
  });

  it('bring user and port along', () => {
    expect(readPastedAddresses('root@10.0.0.1:2222 ssh://admin@10.0.0.2/ 10.0.0.3:22').servers).toEqual([
      { address: '10.0.0.1', name: null, user: 'root', port: '2222' },
      { address: '10.0.0.2', name: null, user: 'admin', port: null },
      { address: '10.0.0.3', name: null, user: null, port: '22' },
    ]);
  });

  it('may be IPv6, whose end is no port unless in brackets', () => {
    expect(readPastedAddresses('fd00::7:22 root@[FD00::8]:2222 [fd00::9]').servers).toEqual([
      { address: 'fd00::7:22', name: null, user: null, port: null },
      { address: 'fd00::8', name: null, user: 'root', port: '2222' },
      { address: 'fd00::9', name: null, user: null, port: null },
    ]);
  });

  it('take names from lines of a hosts file', () => {
    expect(readPastedAddresses('10.0.0.1\tredis-a.example.org redis-a\n10.0.0.2 redis-b').servers).toEqual([
      { address: '10.0.0.1', name: 'redis-a.example.org', user: null, port: null },
      { address: '10.0.0.2', name: 'redis-b', user: null, port: null },
    ]);
  });

  it('keep host names, and name what is no server at all', () => {
    expect(readPastedAddresses('redis-a, redis-b, a@b@c 10.0.0.1/24')).toEqual({
      servers: [alone('redis-a'), alone('redis-b')],
      unread: ['a@b@c', '10.0.0.1/24'],
    });
  });
});

describe('pasted addresses in a draft', () => {
  const draft = emptyDraft('0'.repeat(32), '2026-01-01T00:00:00Z', '7.0.15');
  const paste = (text: string, from: number): ReturnType<typeof applyPastedAddresses> =>
    applyPastedAddresses(draft, readPastedAddresses(text).servers, from);

  it('fill all three servers wherever three were pasted', () => {
    const { servers } = paste('10.0.0.1 10.0.0.2:2222 10.0.0.3', 2);
    expect(servers.map(({ address, sshPort }) => [address, sshPort])).toEqual([
      ['10.0.0.1', '22'],
      ['10.0.0.2', '2222'],
      ['10.0.0.3', '22'],
    ]);
  });

  it('fill from the field on when they are fewer, and stay within three', () => {
    expect(paste('10.0.0.1 10.0.0.2', 1).servers.map(({ address }) => address)).toEqual(['', '10.0.0.1', '10.0.0.2']);
    expect(paste('10.0.0.1 10.0.0.2', 2).servers.map(({ address }) => address)).toEqual(['', '', '10.0.0.1']);
    expect(paste('10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4', 0).servers).toHaveLength(3);
  });

  it('give one user to the common login', () => {
    const { sameLogin, servers } = paste('10.0.0.1, root@10.0.0.2, root@10.0.0.3', 0);
    expect(sameLogin).toBe(true);
    expect(servers[0]?.user).toBe('root');
  });

  it('part the logins when the users differ', () => {
    const { sameLogin, servers } = paste('anna@10.0.0.1 bert@10.0.0.2 10.0.0.3', 0);
    expect(sameLogin).toBe(false);
    expect(servers.map(({ user }) => user)).toEqual(['anna', 'bert', 'anna']);
  });

  it('leave what was not said as it is', () => {
    const named = { ...draft, sameLogin: false, servers: draft.servers.map((server) => ({ ...server, user: 'admin', sshPort: '2022' })) };
    const { servers } = applyPastedAddresses(named, readPastedAddresses('10.0.0.1\n10.0.0.2 redis-b').servers, 0);
    expect(servers.map(({ name, user, sshPort }) => [name, user, sshPort])).toEqual([
      ['server-1', 'admin', '2022'],
      ['redis-b', 'admin', '2022'],
      ['server-3', 'admin', '2022'],
    ]);
  });
});
