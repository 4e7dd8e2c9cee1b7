// Two pictures of README: at its head the report of an installation with a failover test of all three servers, as the command line writes it.
// No test: `npm run screenshots -- --help-pictures` takes it, with the window as the browser.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { Report } from '../../electron/shared/domain/report.ts';
import { buildCli } from '../../scripts/build/buildCli.ts';
import { mustRun } from '../../scripts/practice/runCommand.ts';
import { useScheme, useSize } from '../look.ts';
import { expect, test } from '../practice.ts';
import { call } from '../shell.ts';

test.setTimeout(600_000);

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Wide enough for three layouts beside each other, and high enough for the first timeline with its marks. */
const SIZE = { width: 1140, height: 1900 };
/** Below the last mark, in px. */
const MARGIN = 16;

test('the report of an installation with a failover test', async ({ launch, servers }) => {
  const set = await servers({ firewall: 'nftables' });
  const { app, window, folders } = await launch();
  const spec = parse(await readFile(set.place.specFile, 'utf8')) as { name: string; readonly servers: { name: string }[] };
  spec.name = 'triad';
  for (const [index, server] of spec.servers.entries()) server.name = `triad-${index + 1}`;
  const specFile = join(folders.home, 'triad.yaml');
  await writeFile(specFile, stringify(spec));
  await buildCli();
  const written = join(folders.home, 'report');
  const install = ['install', '--spec', specFile, '--yes', '--failover-test', 'all', '--report', written];
  await mustRun('install the cluster', process.execPath, [join(root, 'out', 'cli', 'cli.js'), ...install], {
    env: { ...process.env, ...set.spec().environment, TRIAD_HOME: folders.home, TRIAD_BUNDLES: join(root, 'resources', 'redis') },
  });
  const { runId, verdict } = Report.parse(JSON.parse(await readFile(join(written, 'report.json'), 'utf8')));
  expect(verdict).toBe('pass');

  await useScheme(app, 'light');
  await useSize(app, SIZE.width, SIZE.height);
  await window.evaluate(
    ([src, width, height]) => {
      const frame = Object.assign(document.createElement('iframe'), {
        src,
        id: 'picture',
        width,
        height,
        scrolling: 'no',
        frameBorder: '0',
      });
      frame.setAttribute('sandbox', '');
      document.body.replaceChildren(frame);
    },
    [await call(window, 'reports.link', runId), String(SIZE.width), String(SIZE.height)] as const,
  );
  await expect(window.frameLocator('#picture').getByRole('heading', { level: 1 })).toBeVisible();
  const page = await window.locator('#picture').boundingBox();
  const marks = await window.frameLocator('#picture').locator('.triad-marks').first().boundingBox();
  if (page === null || marks === null) throw new Error('The report shows no timeline.');
  const pictures = join(root, 'out', 'screenshots', 'development');
  await window.screenshot({
    path: join(pictures, 'report.png'),
    clip: { x: page.x, y: page.y, width: SIZE.width, height: Math.ceil(marks.y + marks.height + MARGIN - page.y) },
  });
  const timeline = await window.frameLocator('#picture').locator('figure.timeline').first().boundingBox();
  if (timeline === null) throw new Error('The report shows no timeline.');
  await window.screenshot({ path: join(pictures, 'timeline.png'), clip: timeline });
});
