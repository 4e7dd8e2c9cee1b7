import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { batchPerFrame } from './frameBatch.ts';

const FRAME_MS = 16;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('hands on once a frame what has come since the last one', () => {
  const batches: (readonly number[])[] = [];
  const { add } = batchPerFrame<number>((values) => batches.push(values));
  add([1]);
  add([2, 3]);
  expect(batches).toEqual([]);
  vi.advanceTimersByTime(FRAME_MS);
  add([4]);
  vi.advanceTimersByTime(FRAME_MS);
  vi.advanceTimersByTime(1000);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

it('spreads many values over frames, in order and without losing any', () => {
  const batches: (readonly number[])[] = [];
  const { add } = batchPerFrame<number>((values) => batches.push(values));
  add(numbers(600));
  vi.advanceTimersByTime(FRAME_MS);
  expect(batches.map(({ length }) => length)).toEqual([250]);
  vi.advanceTimersByTime(3 * FRAME_MS);
  expect(batches.map(({ length }) => length)).toEqual([250, 250, 100]);
  expect(batches.flat()).toEqual(numbers(600));
});

it('goes on in a window that is hidden and gets no frames', () => {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  const batches: (readonly number[])[] = [];
  const { add } = batchPerFrame<number>((values) => batches.push(values));
  add([1]);
  vi.advanceTimersByTime(200);
  vi.unstubAllGlobals();
  expect(batches).toEqual([[1]]);
});

it('drops what waits when it is stopped', () => {
  const batches: (readonly number[])[] = [];
  const { add, stop } = batchPerFrame<number>((values) => batches.push(values));
  add([1]);
  stop();
  vi.advanceTimersByTime(1000);
  expect(batches).toEqual([]);
});
