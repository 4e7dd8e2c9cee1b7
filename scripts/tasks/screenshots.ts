// `npm run screenshots`: goes the whole way through the window on practice servers and leaves a picture of every screen, light and dark, in
// `out/screenshots`, and in its folder `scenes` one of every state of a screen, on a fake core. With `--help-pictures` those that README and the
// help in the app show are copied to `resources/help`: look at them first.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, showScript, showTool } from '../check/program.ts';
import { helpPictures } from './helpPictures.ts';

const { values } = parseArgs({ options: { 'help-pictures': { type: 'boolean', default: false } } });

const journeys = ['journey', 'windows', 'maintenance', 'keyboard', 'scenes'].map((name) => `e2e/specs/${name}.spec.ts`);

const isReady =
  (await showScript('scripts/redis/cli.ts', ['ensure'])).code === 0 &&
  (await showScript('scripts/practice/cli.ts', ['prepare'])).code === 0;
const options = ['--config=scripts/config/playwright.config.ts', '--project=development'];
if (values['help-pictures']) {
  process.env['TRIAD_HELP_PICTURES'] = '1';
  options.push('--project=pictures');
}
const wanted = values['help-pictures'] ? [...journeys, 'e2e/pictures/'] : journeys;
const done = isReady && (await showTool('playwright', ['test', ...options, ...wanted])).code === 0;
const pictures = join(root, 'out', 'screenshots', 'development');
if (done && values['help-pictures']) {
  const help = join(root, 'resources', 'help');
  await mkdir(help, { recursive: true });
  for (const [name, shot] of Object.entries(helpPictures)) await copyFile(join(pictures, `${shot}.png`), join(help, `${name}.png`));
}
process.stdout.write(done ? `The pictures lie in ${pictures}.\n` : 'The way through the window broke off; see above.\n');
process.exitCode = done ? 0 : 1;
