import { expect, it } from 'vitest';
import { NotInForceError, proveLength } from './notInForce.ts';

it('a pulse may last half as long again as it is called, not less and not more', () => {
  proveLength(500, 500);
  proveLength(500, 750);
  for (const measuredMs of [499, 751, 4000]) expect(() => proveLength(500, measuredMs)).toThrow(NotInForceError);
  expect(() => proveLength(500, 4000.4)).toThrow('it should have lasted 500 ms and took 4000 ms');
});
