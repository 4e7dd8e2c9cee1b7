import { expect, test } from 'vitest';
import { classifyReach, expectationOf, type Expectation, type ProbeSight } from './classifyReach.ts';

const nothing: ProbeSight = { isConnected: false, line: '', isTimedOut: false, words: '' };
const word: Expectation = { kind: 'word', word: 'abc' };
const data: Expectation = { kind: 'data' };
const bus: Expectation = { kind: 'bus' };
const answered = (line: string): ProbeSight => ({ ...nothing, isConnected: true, line });

test.each([
  ['our own word', answered('abc'), word, 'open'],
  ['another word', answered('xyz'), word, 'intercepted'],
  ['only a part of our word', answered('ab'), word, 'intercepted'],
  ['silence after connecting', { ...answered(''), isTimedOut: true }, word, 'intercepted'],
  ['a reset after connecting', { ...answered(''), words: 'Connection reset by peer' }, word, 'intercepted'],
  ['a Redis without password', answered('+PONG'), data, 'open'],
  ['a Redis with a password', answered('-NOAUTH Authentication required.'), data, 'open'],
  ['a Redis that loads its data', answered('-LOADING Redis is loading the dataset in memory'), data, 'open'],
  ['a Redis in protected mode', answered('-DENIED Redis is running in protected mode'), data, 'open'],
  ['a web server on a data port', answered('HTTP/1.1 400 Bad Request'), data, 'intercepted'],
  ['something silent on a data port', { ...answered(''), isTimedOut: true }, data, 'intercepted'],
  ['a bus port that accepts', answered(''), bus, 'open'],
  ['bash: refused', { ...nothing, words: 'bash: connect: Connection refused' }, word, 'refused'],
  ['Node: refused', { ...nothing, words: 'ECONNREFUSED' }, word, 'refused'],
  ['bash: no route', { ...nothing, words: 'bash: connect: No route to host' }, word, 'unreachable'],
  ['Node: no route', { ...nothing, words: 'EHOSTUNREACH' }, word, 'unreachable'],
  ['bash: network', { ...nothing, words: 'bash: connect: Network is unreachable' }, bus, 'unreachable'],
  ['Node: network', { ...nothing, words: 'ENETUNREACH' }, word, 'unreachable'],
  ['the local firewall forbids it', { ...nothing, words: 'bash: connect: Permission denied' }, word, 'unreachable'],
  ['Node: forbidden', { ...nothing, words: 'EPERM' }, word, 'unreachable'],
  ['no answer in time', { ...nothing, isTimedOut: true }, word, 'filtered'],
  ['the kernel gave up', { ...nothing, words: 'bash: connect: Connection timed out' }, word, 'filtered'],
  ['Node: the kernel gave up', { ...nothing, words: 'ETIMEDOUT' }, word, 'filtered'],
  ['reset instead of an answer', { ...nothing, words: 'ECONNRESET' }, word, 'refused'],
  ['anything else', { ...nothing, words: 'bash: too many open files' }, word, 'unknown'],
] as const)('%s', (_, sight, expected, reach) => {
  expect(classifyReach(sight, expected)).toBe(reach);
});

test('what is expected follows from the target', () => {
  const at = (port: number, nonce: string | null, address = '10.0.0.1') => ({ to: 's', address, port, nonce });
  const all = [at(7000, null), at(17000, null), at(27000, null, '10.0.0.2'), at(17001, 'w')];
  expect(all.map((target) => expectationOf(target, all))).toEqual([
    { kind: 'data' },
    { kind: 'bus' },
    { kind: 'data' },
    { kind: 'word', word: 'w' },
  ]);
});
