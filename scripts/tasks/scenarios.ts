// `npm run scenarios -- REPORT.json...`: the table of scenarios with measured outage and lost writes, as Markdown, from reports of
// `triad failover-test --scenario all`.
import { readFile } from 'node:fs/promises';
import { scenarioTable } from './scenarioTable.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write('Name at least one report.json of a failover test.\n');
  process.exitCode = 1;
} else {
  const reports = await Promise.all(files.map(async (file): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))));
  process.stdout.write(`${scenarioTable(reports)}\n`);
}
