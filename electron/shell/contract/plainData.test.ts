import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataProblem } from './plainData.ts';

const LIMIT = 1000;

describe('what is taken from the window', () => {
  it('is any data that JSON can carry, and undefined', () => {
    const json = fc.jsonValue({ maxDepth: 6 }).filter((value) => !/__proto__|constructor|prototype/u.test(JSON.stringify(value)));
    fc.assert(fc.property(json, (value) => dataProblem(value, 1_000_000) === null));
    expect(dataProblem(undefined, LIMIT)).toBeNull();
  });

  it('is counted as no less than an eighth of its JSON, in which a character may take six', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
        const { length } = JSON.stringify(value);
        return dataProblem(value, length / 8 - 1) !== null;
      }),
    );
  });
});

describe('what is refused', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const deep = Array.from({ length: 100 }).reduce<unknown>((inner) => [inner], 0);
  const twice = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner, inner], 'x');
  const sparse: unknown[] = [];
  sparse.length = 2 ** 32 - 1;

  it.each([
    ['a long text', 'x'.repeat(LIMIT), 'tooLarge'],
    ['a text of few characters and many bytes', '€'.repeat(LIMIT / 2), 'tooLarge'],
    ['a long list', Array.from({ length: LIMIT }, () => 0), 'tooLarge'],
    ['a list of four thousand million holes', sparse, 'tooLarge'],
    ['a list that is small in memory and endless when walked', twice, 'tooLarge'],
    ['long names', { ['k'.repeat(LIMIT)]: 0 }, 'tooLarge'],
    ['a circle', circle, 'tooDeep'],
    ['a deep nest', deep, 'tooDeep'],
    ['a map', new Map(), 'notPlain'],
    ['a date', new Date(), 'notPlain'],
    ['a buffer', new Uint8Array(4), 'notPlain'],
    ['an error', new Error('x'), 'notPlain'],
    ['a big integer', 1n, 'notPlain'],
    ['a function', () => 0, 'notPlain'],
    ['an own __proto__', JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}'), 'notPlain'],
    ['an own constructor', { constructor: { prototype: {} } }, 'notPlain'],
    ['an object with a prototype of its own', Object.create({ isAdmin: true }), 'notPlain'],
  ])('%s', (_, value, problem) => {
    expect(dataProblem(value, LIMIT)).toBe(problem);
  });
});
