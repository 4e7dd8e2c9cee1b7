import { expect, test } from 'vitest';
import { FAILURE_CODES, fail } from '../shared/domain/failure.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { isMessageCode } from '../shared/messages/message.ts';
import { checkText, failureText, specIssuesText } from './failureText.ts';
import { styleFor } from './style.ts';

const plain = styleFor(false);

test('every failure has a title and a remedy', () => {
  expect(FAILURE_CODES.filter((code) => !isMessageCode(code) || !isMessageCode(`${code}.remedy`))).toEqual([]);
});

test('a failure names the server, the remedy, the evidence and its code', () => {
  const { failure } = fail('host.diskFull', serverSubject('server-2'), {
    values: { server: 'server-2', path: '/opt/triad' },
    evidence: 'line one\nline two',
  });
  expect(failureText(failure, plain)).toBe(
    `✗ server-2: The disk of server-2 is full: /opt/triad could not be written
  → Free space on that file system, then run the same command again.
    line one
    line two
  [host.diskFull]`,
  );
});

test('a failed check shows what was expected and what to do, a warning only the latter', () => {
  const text = (value: string): { code: string; values: Record<string, string> } => ({ code: 'cli.report', values: { file: value } });
  const result = {
    id: 'server.memory',
    subject: serverSubject('server-1'),
    expected: text('much'),
    observed: text('little'),
    evidence: '',
    remedy: text('more'),
  } as const;
  expect(checkText({ ...result, verdict: 'fail' }, plain)).toContain('expected: Report: much');
  expect(checkText({ ...result, verdict: 'warn' }, plain)).not.toContain('much');
  expect(checkText({ ...result, verdict: 'warn' }, plain)).toContain('→ Report: more');
});

test('each problem of a specification is a line with path, value and remedy', () => {
  const shown = specIssuesText(
    'spec.yaml',
    [{ path: 'servers[1].address', value: '"x"', message: { code: 'address.notIp', values: {} } }],
    plain,
  );
  expect(shown).toContain('The specification has 1 problem(s)');
  expect(shown).toMatch(/ {2}servers\[1\]\.address: "x" is not an IP address; give/u);
});
