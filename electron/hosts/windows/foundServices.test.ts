import { expect, test } from 'vitest';
import { observeNothing, startFakeHost } from './testing/fakeHost.ts';
import type { FakeService } from './testing/fakeHelperState.ts';

test("tells a service that Triad has not made from Triad's own", async () => {
  const { host, helper } = await startFakeHost();
  const service = { state: 'stopped', startType: 'auto', exitCode: 0, definition: '', pid: 0 };
  const ours = String.raw`"C:\Triad\bin\redis-7\triad-service-f75dae47.exe"`;
  helper.services.set('ours', { ...service, imagePath: String.raw`${ours} service "C:\Triad\nodes\sessions\7000\service.ini"` });
  helper.services.set('undo', { ...service, imagePath: `${ours} undo-service undo 1795442230 ours` });
  helper.services.set('theirs', { ...service, imagePath: String.raw`C:\Program Files\Redis\redis-server.exe --service-run` });
  helper.services.set('alike', { ...service, imagePath: String.raw`C:\other\triad-service-f75dae47.exe` });
  const { units } = await host.observe({ ...observeNothing, units: ['ours', 'undo', 'theirs', 'alike', 'none'] });
  expect(units.map(({ load }) => load)).toEqual(['loaded', 'loaded', 'foreign', 'foreign', 'not-found']);
  // As Windows has them; what is not there runs nothing.
  expect(units.map(({ imagePath }) => imagePath)).toEqual([
    ...['ours', 'undo', 'theirs', 'alike'].map((unit) => helper.services.get(unit)?.imagePath),
    undefined,
  ]);
});

test.each([
  ['the program and the file of now', {}, 999, false],
  ['another program', { program: String.raw`C:\Triad\bin\redis-6\triad-service-1.exe` }, 999, true],
  ['a file that was written since', {}, 1001, true],
  ['no word of it', { begunMs: undefined }, 1001, undefined],
  ['nothing', { state: 'stopped' }, 1001, undefined],
])('a service of its own that runs with %s', async (_, more, modifiedMs, runsEarlier) => {
  const { host, helper } = await startFakeHost();
  const [program, ini] = [String.raw`C:\Triad\bin\redis-7\triad-service-2.exe`, String.raw`C:\Triad\nodes\sessions\7000\service.ini`];
  const service = { state: 'running', startType: 'auto', exitCode: 0, definition: ini, pid: 1, program, begunMs: 1000, ...more };
  helper.services.set('ours', { ...service, imagePath: `"${program}" service "${ini}"` } as FakeService);
  helper.files.put(ini, 'x');
  helper.modifiedMs.set(ini, modifiedMs);
  expect((await host.observe({ ...observeNothing, units: ['ours'], paths: [ini] })).units[0]?.runsEarlier).toBe(runsEarlier);
});
