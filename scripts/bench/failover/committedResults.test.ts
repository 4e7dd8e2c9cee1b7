import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../check/program.ts';
import { benchFiles, readResults } from './benchFiles.ts';
import { FalseFailoverResults, falseFailoversInReadme } from './falseFailoverResults.ts';
import { LoadResults } from './loadResults.ts';
import { replaceBlock } from './readmeBlock.ts';
import { timeoutChart } from './timeoutChart.ts';
import { TimeoutResults } from './timeoutResults.ts';
import { timeoutsInReadme } from './timeoutsInReadme.ts';

const read = async (path: string): Promise<string> => readFile(join(root, path), 'utf8');

it('the chart and the table of README are what the outages give that were measured', async () => {
  const results = await readResults(benchFiles.timeouts, TimeoutResults);
  expect(await read(benchFiles.timeoutsChart)).toBe(timeoutChart(results));
  const readme = await read(benchFiles.readme);
  expect(replaceBlock(readme, 'timeouts', timeoutsInReadme(results))).toBe(readme);
});

it('the table of README is what the false failovers give that were measured', async () => {
  const readme = await read(benchFiles.readme);
  const results = await readResults(benchFiles.falseFailovers, FalseFailoverResults);
  expect(replaceBlock(readme, 'false-failovers', falseFailoversInReadme(results))).toBe(readme);
});

it('the load that was measured can be read, and begins with the cluster left alone', async () => {
  const { groups } = await readResults(benchFiles.load, LoadResults);
  expect(groups[0]).toMatchObject({ writesPerSecond: 0, pollMs: null });
});
