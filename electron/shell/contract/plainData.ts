/** Why data from the window is not taken. */
export type DataProblem = 'tooLarge' | 'tooDeep' | 'notPlain';

/** Deeper than anything of the contract; a circle is endlessly deep. */
const MAX_DEPTH = 64;

/** Names that a careless merge would write into the prototype of all objects. */
const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What keeps a value from being plain data of at most `maxBytes`, or null. Counts about what JSON would take and stops at the limit, so
 * that its own cost is bounded, too. Structured clones can carry more than JSON (maps, dates, buffers, circles, huge sparse arrays):
 * nothing of the contract needs that.
 */
export function dataProblem(value: unknown, maxBytes: number): DataProblem | null {
  let left = maxBytes;

  const look = (part: unknown, depth: number): DataProblem | null => {
    if (depth > MAX_DEPTH) return 'tooDeep';
    left -= 2;
    switch (typeof part) {
      case 'string':
        left -= Buffer.byteLength(part);
        break;
      case 'number':
      case 'boolean':
        left -= 6;
        break;
      case 'undefined':
        break;
      case 'object':
        if (part !== null) return lookInside(part, depth);
        break;
      case 'bigint':
      case 'function':
      case 'symbol':
        return 'notPlain';
    }
    return left < 0 ? 'tooLarge' : null;
  };

  const lookInside = (part: object, depth: number): DataProblem | null => {
    if (Array.isArray(part)) return lookAtEach(part, depth);
    const prototype: unknown = Object.getPrototypeOf(part);
    if (prototype !== Object.prototype && prototype !== null) return 'notPlain';
    for (const key of Object.keys(part)) {
      if (DANGEROUS_KEYS.has(key)) return 'notPlain';
      left -= Buffer.byteLength(key) + 3;
      const problem = look(Reflect.get(part, key), depth + 1);
      if (problem !== null) return problem;
    }
    return left < 0 ? 'tooLarge' : null;
  };

  const lookAtEach = (parts: readonly unknown[], depth: number): DataProblem | null => {
    for (const part of parts) {
      const problem = look(part, depth + 1);
      if (problem !== null) return problem;
    }
    return left < 0 ? 'tooLarge' : null;
  };

  return look(value, 0);
}
