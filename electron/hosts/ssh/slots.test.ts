import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

const never = new AbortController().signal;

test('places are given in the order of asking, and never more than there are', async () => {
  const slots = createSlots(2);
  const order: string[] = [];
  const take = async (name: string): Promise<() => void> => {
    const release = await slots.take(never);
    order.push(name);
    return release;
  };
  const [first, second] = await Promise.all([take('a'), take('b')]);
  const third = take('c');
  const fourth = take('d');
  expect([order, slots.taken]).toEqual([['a', 'b'], 2]);
  first();
  await third;
  expect([order, slots.taken]).toEqual([['a', 'b', 'c'], 2]);
  second();
  await fourth;
  expect([order, slots.taken]).toEqual([['a', 'b', 'c', 'd'], 2]);
});

test('giving a place back twice frees one only', async () => {
  const slots = createSlots(2);
  const release = await slots.take(never);
  await slots.take(never);
  release();
  release();
  expect(slots.taken).toBe(1);
});

test('who stops waiting leaves the queue', async () => {
  const slots = createSlots(1);
  const release = await slots.take(never);
  const impatient = new AbortController();
  const waiting = slots.take(impatient.signal);
  const patient = slots.take(never);
  impatient.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  release();
  await expect(patient).resolves.toBeTypeOf('function');
  expect(slots.taken).toBe(1);
});

test('a signal that is aborted already gets no place', async () => {
  const slots = createSlots(1);
  await expect(slots.take(AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  expect(slots.taken).toBe(0);
});
