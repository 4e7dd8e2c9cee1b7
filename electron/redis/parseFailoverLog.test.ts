import { expect, test } from 'vitest';
import { parseFailoverLog, type LogWord } from './parseFailoverLog.ts';

const LOST = '4440e6d75998ff1e83a8d3ba083ffe023ea548c7';
const HEIR = 'b7439d643ffadbbb84e16102f35afbe0a5bb34c7';

/** The replica of a master that was killed, Redis 7.0.15. */
const HEIR_7_0 = `11115:S 23 Nov 2026 17:56:18.338 # Connection with master lost.
11115:S 23 Nov 2026 17:56:18.338 * Reconnecting to MASTER 127.0.0.1:27100
11115:S 23 Nov 2026 17:56:18.338 # Error condition on socket for SYNC: Connection refused
11115:S 23 Nov 2026 17:56:20.099 * FAIL message received from e26e20d8577c0cb67d86c98c7a4f99eae9209746 about ${LOST}
11115:S 23 Nov 2026 17:56:20.099 # Cluster state changed: fail
11115:S 23 Nov 2026 17:56:20.196 # Start of election delayed for 731 milliseconds (rank #0, offset 0).
11115:S 23 Nov 2026 17:56:21.000 # Starting a failover election for epoch 7.
11115:S 23 Nov 2026 17:56:21.001 # Failover election won: I'm the new master.
11115:S 23 Nov 2026 17:56:21.001 # configEpoch set to 7 after successful failover
11115:M 23 Nov 2026 17:56:21.001 * Discarding previously cached master state.
11115:M 23 Nov 2026 17:56:21.001 # Cluster state changed: ok
11115:M 23 Nov 2026 17:56:28.343 # Manual failover requested by replica ${LOST}.
11115:M 23 Nov 2026 17:56:28.389 # Configuration change detected. Reconfiguring myself as a replica of ${LOST}
11115:S 23 Nov 2026 17:56:28.390 * Successful partial resynchronization with master.
11115:S 23 Nov 2026 17:56:28.390 * MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.
11115:signal-handler (1795456590) Received SIGTERM scheduling shutdown...
11115:S 23 Nov 2026 17:56:30.440 # User requested shutdown...
`;

/** The same node when it comes back, Redis 7.0.15; it is then asked to take over. */
const RETURNED_7_0 = `11804:C 23 Nov 2026 17:56:23.343 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
                _._
           _.-\`\`__ ''-._
11804:M 23 Nov 2026 17:56:23.344 * Ready to accept connections
11804:M 23 Nov 2026 17:56:23.346 # Configuration change detected. Reconfiguring myself as a replica of ${HEIR}
11804:S 23 Nov 2026 17:56:23.357 * MASTER <-> REPLICA sync: Finished with success
11804:S 23 Nov 2026 17:56:28.343 # Manual failover user request accepted.
`;

const words = (text: string): readonly (LogWord | null)[] => parseFailoverLog(text, 0).map(({ what }) => what);

test('a replica that takes over, Redis 7.0', () => {
  expect(words(HEIR_7_0)).toEqual([
    'linkLost',
    null,
    null,
    'failReceived',
    'stateFail',
    'electionDelayed',
    'electionStarted',
    'electionWon',
    'epochSet',
    null,
    'stateOk',
    'manualRequested',
    'reconfigured',
    'synced',
    'synced',
    'ending',
  ]);
  const fail = parseFailoverLog(HEIR_7_0, 0).find(({ what }) => what === 'failReceived');
  expect(fail).toMatchObject({ about: LOST, onServerMs: Date.UTC(2026, 10, 23, 17, 56, 20, 99) });
});

test('a node that comes back, Redis 7.0; banners are no lines', () => {
  expect(words(RETURNED_7_0)).toEqual(['started', 'ready', 'reconfigured', 'synced', 'manualAccepted']);
});

test.each<[string, LogWord, string | null]>([
  // Redis 7.2 and later: names in brackets, other levels.
  [`* Marking node ${LOST} () as failing (quorum reached).`, 'failMarked', LOST],
  [`* Marking node ${LOST} (one (two) three) as failing (quorum reached).`, 'failMarked', LOST],
  [`* FAIL message received from ${HEIR} (a) about ${LOST} (b)`, 'failReceived', LOST],
  [`* Clear FAIL state for node ${LOST} ():master without slots is reachable again.`, 'failCleared', LOST],
  [`* Failover auth granted to ${HEIR} () for epoch 8`, 'voted', HEIR],
  [`* Manual failover user request accepted (user request from 'id=9 addr=10.0.0.9:5').`, 'manualAccepted', null],
  [`* Ready to accept connections tcp`, 'ready', null],
  [`. *** NODE ${LOST} () possibly failing`, 'suspected', LOST],
  // Valkey 8 and 9.
  [`* NODE ${LOST} (10.0.0.1:7000) possibly failing.`, 'suspected', LOST],
  [`* Marking node ${LOST} (10.0.0.1:7000) as failing (quorum reached).`, 'failMarked', LOST],
  [`* Failover election won: I'm the new primary.`, 'electionWon', null],
  [`* Connection with primary lost.`, 'linkLost', null],
  [`* PRIMARY <-> REPLICA sync: Finished with success`, 'synced', null],
  [`* Successful partial resynchronization with primary.`, 'synced', null],
  [`* Configuration change detected. Reconfiguring myself as a replica of node ${HEIR} () in shard 1234`, 'reconfigured', null],
  [`* oO0OoO0OoO0Oo Valkey is starting oO0OoO0OoO0Oo`, 'started', null],
])('%s', (said, what, about) => {
  expect(parseFailoverLog(`1:S 05 Nov 2024 12:19:12.616 ${said}\r\n`, 0)).toMatchObject([{ what, about }]);
});

test('the zone is taken off, a cut first line is none, and no line is long or has control characters', () => {
  const [line, ...others] = parseFailoverLog(`v 2026 17:56:18.338 # half\n1:M 01 Jan 2026 00:30:00.000 # \u0007${'x'.repeat(400)}`, 60);
  expect(others).toEqual([]);
  expect(line?.onServerMs).toBe(Date.UTC(2025, 11, 31, 23, 30));
  expect(line?.text).toMatch(/^1:M 01 Jan 2026 00:30:00\.000 # {2}x+$/u);
  expect(line?.text).toHaveLength(300);
});
