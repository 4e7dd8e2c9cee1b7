import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PeerView } from '../shared/domain/view.ts';
import { parseClusterNodes, UnreadableReplyError } from './parseClusterNodes.ts';

const id = (letter: string): string => letter.repeat(40);
const myself = `${id('0')} 10.0.0.9:7000@17000 myself,master - 0 0 0 connected`;
const parseOne = (line: string): PeerView | undefined => parseClusterNodes(`${line}\n${myself}\n`)[0];

describe('parseClusterNodes', () => {
  it('reads a whole answer of Redis 7.0.15', () => {
    const peers = parseClusterNodes(
      [
        '4258d18ed9c1ecd3bae0c40963d96f36d4e335ce 127.127.120.2:7000@17000,a.example master - 0 1795355202308 2 connected 5461-10922',
        '49fb721841f9649a44a563edb7b4b9185a8242ff 127.127.120.2:7001@17001 slave 8395c2641afa8f6509f7fb931d8818f853e3c64f 0 1795355202309 1 connected',
        '8395c2641afa8f6509f7fb931d8818f853e3c64f 127.127.120.1:7000@17000 myself,master - 0 1795355202000 1 connected 0-5460 [5->-4258d18ed9c1ecd3bae0c40963d96f36d4e335ce]',
        '',
      ].join('\n'),
    );
    expect(peers).toEqual([
      {
        redisId: '4258d18ed9c1ecd3bae0c40963d96f36d4e335ce',
        address: '127.127.120.2',
        dataPort: 7000,
        busPort: 17_000,
        isMyself: false,
        role: 'master',
        health: 'ok',
        isHandshake: false,
        hasNoAddress: false,
        isNoFailover: false,
        masterRedisId: null,
        configEpoch: 2,
        isLinkConnected: true,
        slots: [{ first: 5461, last: 10_922 }],
        openSlots: 0,
      },
      expect.objectContaining({ role: 'replica', masterRedisId: '8395c2641afa8f6509f7fb931d8818f853e3c64f', configEpoch: 1, slots: [] }),
      expect.objectContaining({ isMyself: true, slots: [{ first: 0, last: 5460 }], openSlots: 1 }),
    ]);
  });

  it('reads an answer of Redis 8.0.2 in which nodes have failed and one is a ghost', () => {
    const peers = parseClusterNodes(
      [
        '7ba2842787b739ce30da8be07a2c1405040e6564 127.88.56.1:7000@17000,a.example myself,master - 0 0 1 connected 0-5460 [5->-64727bfb55631a6b55dd18784133be610fc7dbeb]',
        '19b32771b2a116db1545daf8345e4a4589cdd941 127.88.56.1:7001@17001,a.example slave,nofailover cdd121e6f8f9d5fdc608e9e46d6875c781279c60 0 1795357213668 3 connected',
        'cdd121e6f8f9d5fdc608e9e46d6875c781279c60 127.88.56.3:7000@17000 master,fail - 1795357207974 1795357207384 3 disconnected 10923-16383',
        'b771b5d3bd8c7a6e3c3f8ae89dce0d7ac89c0a1f :0@0 slave,fail,noaddr 64727bfb55631a6b55dd18784133be610fc7dbeb 1795357207974 1795357207384 2 disconnected',
      ].join('\n'),
    );
    expect(peers).toMatchObject([
      { isMyself: true, configEpoch: 1, openSlots: 1 },
      { role: 'replica', isNoFailover: true, health: 'ok' },
      { role: 'master', health: 'fail', isLinkConnected: false, slots: [{ first: 10_923, last: 16_383 }] },
      { health: 'fail', hasNoAddress: true, address: '' },
    ]);
  });

  it.each([
    ['PFAIL', '10.0.0.1:7000@17000 master,fail? - 1 1 3 disconnected 10-12', { health: 'pfail', isLinkConnected: false }],
    ['FAIL', '10.0.0.1:7000@17000 master,fail - 1 1 3 disconnected', { health: 'fail' }],
    ['no address', ':0@0,a.example slave,fail,noaddr - 1 1 2 disconnected', { hasNoAddress: true, address: '', dataPort: 0, busPort: 0 }],
    ['handshake', '10.0.0.1:7000@17000 handshake - 0 0 0 disconnected', { isHandshake: true, role: 'master' }],
    ['never stands', '10.0.0.1:7001@17001 slave,nofailover - 0 1 3 connected', { isNoFailover: true, role: 'replica' }],
    ['no flags', '10.0.0.1:7001@17001 noflags - 0 1 3 connected', { role: 'master', health: 'ok' }],
    ['importing', '10.0.0.1:7000@17000 master - 0 1 3 connected 7 [5-<-00] [6-<-00]', { openSlots: 2, slots: [{ first: 7, last: 7 }] }],
    ['IPv6', '2001:db8::1:7000@17000 master - 0 1 3 connected', { address: '2001:db8::1', dataPort: 7000 }],
    ['IPv6 loopback', '::1:7000@17000,h master - 0 1 3 connected', { address: '::1', dataPort: 7000 }],
    ['own address unknown', ':7000@17000 master - 0 1 3 connected', { address: '', dataPort: 7000 }],
    ['Redis 7.2 fields', '10.0.0.1:7000@17000,,tls-port=0,shard-id=ab master - 0 1 3 connected', { address: '10.0.0.1', busPort: 17_000 }],
    ['own bus port', '10.0.0.1:7000@9000 master - 0 1 3 connected', { busPort: 9000 }],
    ['Redis 3', '10.0.0.1:7000 master - 0 1 3 connected', { dataPort: 7000, busPort: 17_000 }],
  ])('reads %s', (_, line, expected) => {
    expect(parseOne(`${id('a')} ${line}`)).toMatchObject(expected);
  });

  it.each([
    ['text', 'ERR something'],
    ['a short id', 'abc 10.0.0.1:7000@17000 master - 0 1 3 connected'],
    ['no port', `${id('a')} 10.0.0.1 master - 0 1 3 connected`],
    ['a cut line', `${id('a')} 10.0.0.1:7000@17000 master - 0 1 3`],
    ['an epoch that is no number', `${id('a')} 10.0.0.1:7000@17000 master - 0 1 x connected`],
    ['a slot beyond the last', `${id('a')} 10.0.0.1:7000@17000 master - 0 1 3 connected 0-16384`],
    ['a slot range turned round', `${id('a')} 10.0.0.1:7000@17000 master - 0 1 3 connected 9-3`],
  ])('refuses %s', (_, line) => {
    expect(() => parseOne(line)).toThrow(UnreadableReplyError);
  });

  it('refuses an answer in which no node or several nodes are the one that answers', () => {
    expect(() => parseClusterNodes('')).toThrow(UnreadableReplyError);
    expect(() => parseClusterNodes(`${myself}\n${myself.replace('000', '111')}`)).toThrow(UnreadableReplyError);
  });

  it('reads back every line that Redis can write', () => {
    const hex = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('hex'));
    const range = fc.tuple(fc.integer({ min: 0, max: 16_383 }), fc.integer({ min: 0, max: 16_383 })).map(([a, b]) => ({
      first: Math.min(a, b),
      last: Math.max(a, b),
    }));
    const peer: fc.Arbitrary<PeerView> = fc.record({
      redisId: hex,
      address: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('')),
      dataPort: fc.integer({ min: 0, max: 65_535 }),
      busPort: fc.integer({ min: 0, max: 65_535 }),
      isMyself: fc.constant(false),
      role: fc.constantFrom('master' as const, 'replica' as const),
      health: fc.constantFrom('ok' as const, 'pfail' as const, 'fail' as const),
      isHandshake: fc.boolean(),
      hasNoAddress: fc.boolean(),
      isNoFailover: fc.boolean(),
      masterRedisId: fc.option(hex),
      configEpoch: fc.nat(),
      isLinkConnected: fc.boolean(),
      slots: fc.array(range, { maxLength: 4 }),
      openSlots: fc.nat({ max: 3 }),
    });
    const write = (one: PeerView): string => {
      const flags = [
        one.role === 'master' ? 'master' : 'slave',
        ...(one.health === 'ok' ? [] : [one.health === 'fail' ? 'fail' : 'fail?']),
        ...(one.isHandshake ? ['handshake'] : []),
        ...(one.hasNoAddress ? ['noaddr'] : []),
        ...(one.isNoFailover ? ['nofailover'] : []),
      ].join(',');
      const slots = one.slots.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
      const open = Array.from({ length: one.openSlots }, (_, slot) => `[${slot}->-${one.redisId}]`);
      const link = one.isLinkConnected ? 'connected' : 'disconnected';
      return [
        one.redisId,
        `${one.address}:${one.dataPort}@${one.busPort}`,
        flags,
        one.masterRedisId ?? '-',
        0,
        0,
        one.configEpoch,
        link,
        ...slots,
        ...open,
      ].join(' ');
    };
    fc.assert(
      fc.property(peer, (one) => {
        expect(parseOne(write(one))).toEqual(one);
      }),
    );
  });
});
