import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mixWine } from './liveOrder.ts';

const mixed = (...files: readonly string[]): readonly string[] => mixWine(files, (file) => file);

it('spreads the files with Wine among the others, and keeps the order of each kind', () => {
  expect(mixed('windowsA', 'practice/windows/b', 'c', 'd', 'e', 'f')).toEqual(['c', 'windowsA', 'd', 'e', 'practice/windows/b', 'f']);
  expect(mixed('adoptWindows', 'windows-service/b')).toEqual(['adoptWindows', 'windows-service/b']);
  expect(mixed('b', 'a')).toEqual(['b', 'a']);
  expect(mixed()).toEqual([]);
});

it('leaves no file out, and never has more Wine in a stretch than its share', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }), (wine) => {
      const files = wine.map((isWine, index) => `${isWine ? 'windows' : 'linux'}${index}`);
      const order = mixed(...files);
      expect(order.toSorted()).toEqual(files.toSorted());
      const share = wine.filter(Boolean).length / wine.length;
      for (const end of order.keys()) {
        const before = order.slice(0, end + 1).filter((file) => file.startsWith('windows')).length;
        expect(Math.abs(before - share * (end + 1))).toBeLessThanOrEqual(1);
      }
    }),
  );
});
