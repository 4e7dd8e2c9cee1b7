import { expect, it } from 'vitest';
import { runTimed } from './timedProgram.ts';

const never = new AbortController().signal;

it('runs a program on its input and tells when a milestone was reached', async () => {
  const script = 'process.stdin.pipe(process.stdout); process.stdin.on("end", () => { process.exitCode = 3; });';
  const run = await runTimed(process.execPath, ['-e', script], {
    signal: never,
    input: Buffer.from('PONG'),
    milestone: (stdout) => stdout.includes('PONG'),
  });
  expect(run).toMatchObject({ code: 3, stdout: 'PONG' });
  expect(run.milestoneMs).toBeGreaterThan(0);
  expect(run.milestoneMs).toBeLessThanOrEqual(run.wallMs);
});

it('says that a milestone was never reached', async () => {
  const { milestoneMs } = await runTimed(process.execPath, ['--version'], { signal: never, milestone: () => false });
  expect(milestoneMs).toBeNull();
});

it('ends a program and what it has started when it is interrupted', async () => {
  const abort = new AbortController();
  // Both would run for a minute and hold standard output open: only when both have ended is the run over.
  const inner = 'setTimeout(() => {}, 60000)';
  const outer = `require('node:child_process').spawn(process.execPath, ['-e', '${inner}'], { stdio: 'inherit' }); console.log('started'); ${inner}`;
  const running = runTimed(process.execPath, ['-e', outer], {
    signal: abort.signal,
    milestone: (stdout) => {
      abort.abort(new Error('stop'));
      return stdout !== '';
    },
  });
  await expect(running).rejects.toThrow('stop');
});

it('says when there is no such program', async () => {
  await expect(runTimed('no-such-program-here', [], { signal: never })).rejects.toThrow('Could not start no-such-program-here');
});
