import { expect, test } from 'vitest';
import { markedFailure } from './failureMark.ts';

test.each([
  ['diskFull /var/lib/triad', 'host.diskFull', { server: 's', path: '/var/lib/triad' }, false],
  ['uploadCut /opt/triad/bin/redis-server', 'host.uploadCut', { server: 's', file: '/opt/triad/bin/redis-server' }, true],
  ['serviceFailed a.service failed (failed)', 'host.serviceFailed', { server: 's', unit: 'a.service', state: 'failed (failed)' }, false],
  ['lockHeld eve@laptop, today', 'host.lockHeld', { server: 's', holder: 'eve@laptop, today' }, true],
  [
    'lockHeld',
    'host.lockHeld',
    { server: 's', holder: 'the changes of an earlier run whose connection was lost are still going on' },
    true,
  ],
])('%s', (mark, code, values, retryable) => {
  const failure = markedFailure('s', 'out\n', `first\nTRIAD-FAIL ${mark}\nlast\n`)?.failure;
  expect(failure).toMatchObject({ code, values, retryable, evidence: 'first\n\nlast' });
  expect(markedFailure('s', `TRIAD-FAIL ${mark}\n`, '')?.failure.code).toBe(code);
});

test.each(['', 'TRIAD-FAIL', 'TRIAD-FAIL somethingElse x', 'a TRIAD-FAIL diskFull /x'])('%j is no mark', (text) => {
  expect(markedFailure('s', text, text)).toBeNull();
});
