import { describe, expect, it } from 'vitest';
import { judgePassword } from './passwordStrength.ts';

describe('a password', () => {
  it.each([['q8Zt!vN2#rLw5Xc9Kd'], ['ysr3jk5q-mcw8vnt4-zpb7gdx2'], ['JjP2s0cQn5bTtq0x1cY3mVdZrXwEoIuAhGfKlRySxNM']])(
    'of chance is strong: %s',
    (password) => {
      expect(judgePassword(password)).toMatchObject({ level: 'strong', flaws: [] });
    },
  );

  it('of one long run of chance letters is strong, though of one kind', () => {
    expect(judgePassword('hvmtkzqbxrwjdnyfgplsc')).toMatchObject({ level: 'strong', flaws: ['fewKinds'] });
  });

  it.each([
    ['', ['fewKinds', 'short']],
    ['x8#Kq', ['short']],
    ['Password123!', ['short', 'common']],
    ['P@ssw0rdP@ssw0rd', ['common']],
    ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ['fewKinds', 'repeats']],
    ['xK3xK3xK3xK3xK3xK3xK3', ['repeats']],
    ['abcdefgh-12345678-qwertyuiop', ['common', 'sequence']],
    ['98765432109876543210', ['fewKinds', 'sequence']],
  ])('of no chance is weak: %s', (password, flaws) => {
    const judged = judgePassword(password);
    expect(judged.level).toBe('weak');
    expect(judged.flaws.toSorted()).toEqual(flaws.toSorted());
  });

  it('is weaker for words that a guesser knows of this cluster', () => {
    const password = 'bilheteira-lisboa-2026-x7';
    expect(judgePassword(password, ['bilheteira']).bits).toBeLessThan(judgePassword(password).bits);
    expect(judgePassword(password, ['Bilheteira ']).flaws).toContain('ownWords');
    expect(judgePassword(password, ['ab', '']).flaws).not.toContain('ownWords');
  });

  it('grows with its length', () => {
    const bits = [8, 12, 16, 20].map((length) => judgePassword('q8Zt!vN2#rLw5Xc9Kd7m'.slice(0, length)).bits);
    expect(bits.toSorted((one, other) => one - other)).toEqual(bits);
    expect(new Set(bits).size).toBe(4);
  });

  it('with a control character cannot be used, however long', () => {
    expect(judgePassword('q8Zt!vN2#rLw5Xc9Kd\nq8Zt')).toMatchObject({ level: 'unusable', flaws: ['control'] });
  });

  it('is named awkward where it will be mistyped, cut or sent otherwise', () => {
    expect(judgePassword('q8Zt!vN2#rLw5Xc9Kd ').flaws).toEqual(['blankEnds']);
    expect(judgePassword('q8Zt!vN2,rLw5Xc9Kd').flaws).toEqual(['comma']);
    expect(judgePassword('q8Zt!vN2çrLw5Xc9Kd').flaws).toEqual(['notAscii']);
  });
});
