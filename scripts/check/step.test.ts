import { expect, it } from 'vitest';
import { renderSteps, runSteps } from './step.ts';
import type { Step } from './step.ts';

const passing = (name: string): Step => ({ name, run: async () => ({ ok: true, saw: '3 files', output: 'quiet' }) });

it('keeps the order of the steps however they end, and never runs more at once than allowed', async () => {
  let running = 0;
  let most = 0;
  const steps = Array.from({ length: 5 }, (_, index): Step => ({
    name: `step ${index}`,
    run: async () => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = index; turn < 5; turn += 1) await Promise.resolve();
      running -= 1;
      return { ok: true, saw: 'x', output: '' };
    },
  }));
  const finished = await runSteps(steps, 2);
  expect(finished.map((step) => step.name)).toEqual(['step 0', 'step 1', 'step 2', 'step 3', 'step 4']);
  expect(most).toBe(2);
});

it('fails a step that throws, with its words', async () => {
  const [finished] = await runSteps([{ name: 'broken', run: () => Promise.reject(new Error('no compiler')) }], 1);
  expect(finished).toMatchObject({ ok: false, saw: 'nothing', name: 'broken' });
  expect(finished?.output).toContain('no compiler');
});

it('shows the words of failed steps only', async () => {
  const text = renderSteps(
    await runSteps([passing('types'), { name: 'lint', run: async () => ({ ok: false, saw: '1 file', output: 'bad line' }) }], 2),
  );
  expect(text).toContain('--- lint failed\nbad line');
  expect(text).toMatch(/^ok {6}types {3}/mu);
  expect(text).toMatch(/^FAILED {2}lint /mu);
  expect(text).not.toContain('quiet');
});
