import { expect, it } from 'vitest';
import { beginAtOnce, beginInTurn, type Undo } from './undo.ts';

const recorded =
  (log: string[]) =>
  (name: string, fails: 'begin' | 'undo' | null = null) =>
  (): Promise<Undo> => {
    log.push(name);
    if (fails === 'begin') return Promise.reject(new Error(`${name} cannot begin`));
    return Promise.resolve(() => {
      log.push(`-${name}`);
      return fails === 'undo' ? Promise.reject(new Error(`${name} cannot end`)) : Promise.resolve();
    });
  };

it('undoes in the opposite order, all of it, and tells what failed', async () => {
  const log: string[] = [];
  const thing = recorded(log);
  const undo = await beginInTurn([thing('a'), thing('b', 'undo'), thing('c')]);
  await expect(undo()).rejects.toThrow('b cannot end');
  expect(log).toEqual(['a', 'b', 'c', '-c', '-b', '-a']);
});

it('undoes what was begun before the one that cannot be begun', async () => {
  const log: string[] = [];
  const thing = recorded(log);
  await expect(beginInTurn([thing('a'), thing('b', 'undo'), thing('c', 'begin'), thing('d')])).rejects.toThrow('c cannot begin');
  expect(log).toEqual(['a', 'b', 'c', '-b', '-a']);
});

it('at once: undoes all others where one cannot be begun', async () => {
  const log: string[] = [];
  const thing = recorded(log);
  await expect(beginAtOnce([thing('a'), thing('b', 'begin'), thing('c')])).rejects.toThrow('b cannot begin');
  expect(log).toEqual(['a', 'b', 'c', '-a', '-c']);
});

it('at once: ends all, and tells what failed', async () => {
  const log: string[] = [];
  const thing = recorded(log);
  const undo = await beginAtOnce([thing('a', 'undo'), thing('b')]);
  await expect(undo()).rejects.toThrow('a cannot end');
  expect(log).toEqual(['a', 'b', '-a', '-b']);
});
