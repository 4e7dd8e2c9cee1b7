/** Names the displays of one run of the tests, one for each worker: two windows on one display would take the focus from each other. */
const displaysVariable = 'TRIAD_DISPLAYS';

/** Hands displays, such as ":99", on to the workers, which inherit the environment. */
export function handOutDisplays(names: readonly string[]): void {
  process.env[displaysVariable] = names.join(' ');
  delete process.env['WAYLAND_DISPLAY'];
}

/** Makes this worker's display that of everything it starts. Where none was handed out, the environment stays as it is. */
export function takeOwnDisplay(): void {
  // Set by Playwright in each worker, from 0 up; a worker that takes a dead one's place has its number.
  const own = process.env[displaysVariable]?.split(' ')[Number(process.env['TEST_PARALLEL_INDEX'])];
  if (own !== undefined) process.env['DISPLAY'] = own;
}
