import { expect, test } from 'vitest';
import { networkCut } from './testing/faultOf.ts';
import { cutRules } from './cutRules.ts';

test('a cut stops what peers open to the server and what it opens to them, on the ports of the cluster alone, with one moment', () => {
  expect(cutRules(networkCut(['triad-sessions-7000'], 'both'))).toEqual({
    place: [
      'netsh.exe advfirewall firewall delete rule name=triad-fault:sessions',
      'netsh.exe advfirewall firewall add rule name=triad-fault:sessions action=block enable=no profile=any protocol=TCP remoteip=10.0.0.2,10.0.0.3 dir=in localport=7000,7001,17000,17001',
      'netsh.exe advfirewall firewall add rule name=triad-fault:sessions action=block enable=no profile=any protocol=TCP remoteip=10.0.0.2,10.0.0.3 dir=out remoteport=7000,7001,17000,17001',
    ],
    inject: 'netsh.exe advfirewall firewall set rule name=triad-fault:sessions new enable=yes',
  });
});

test.each(['in', 'out'] as const)('a cut of one way, %s, is not made of rules that judge connections', (direction) => {
  expect(() => cutRules(networkCut([], direction))).toThrow(direction);
});
