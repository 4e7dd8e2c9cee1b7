import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTexts } from './texts.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-texts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const check = async (files: Readonly<Record<string, string>>, codes: readonly string[] = ['a.used']): ReturnType<typeof checkTexts> => {
  for (const [file, text] of Object.entries({ 'electron/cli.ts': "const used = () => say('a.used');", ...files })) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return checkTexts(folder, codes);
};
const view = (markup: string): string => `const one = 1;\nexport const View = () => (\n  ${markup}\n);\n`;

describe('words outside the catalogue', () => {
  it.each<readonly [string, string, string]>([
    ['between tags', '<p>Hello there</p>', 'Hello there'],
    ['beside a value', '<p>{one} keys</p>', 'keys'],
    ['as a string in braces', "<p>{'Hello'}</p>", 'Hello'],
    ['in one branch of a condition', "<p>{one === 1 ? text('a.used') : 'Failed'}</p>", 'Failed'],
    ['after a condition', "<p>{one === 1 && 'Failed'}</p>", 'Failed'],
    ['as what stands in for a missing text', "<p>{words ?? 'none'}</p>", 'none'],
    ['around a value', '<p>{`${one} servers`}</p>', 'servers'],
    ['for screen readers', '<i aria-label="Close" />', 'Close'],
    ['in a template for screen readers', '<i aria-label={`Close ${one}`} />', 'Close'],
    ['as a title in SVG', '<title>Topology</title>', 'Topology'],
    ['as a placeholder', '<input placeholder="server-1" />', 'server-1'],
    ['as the label of a field', '<Field label="Name" />', 'Name'],
    ['as the message of an empty list', '<Select nothingFoundMessage="Nothing" />', 'Nothing'],
    ['as the description of a field', "<Field description={one > 2 ? 'Many' : ''} />", 'Many'],
    ['in what is handed to a component', "<Select data={[{ value: 'pw', label: 'Password' }]} />", 'Password'],
    ['for the screen reader of an inner part', "<Modal closeButtonProps={{ 'aria-label': 'Shut' }} />", 'Shut'],
  ])('are found %s', async (_, markup, words) => {
    const result = await check({ 'renderer/steps/View.tsx': view(markup) });
    expect(result).toMatchObject({ ok: false, output: `renderer/steps/View.tsx:3: not in the catalogue: ${words}` });
  });

  it.each(['electron/report/View.tsx', 'electron/shared/figures/View.tsx'])('are found in %s', async (file) => {
    expect(await check({ [file]: view('<p>Hello</p>') })).toMatchObject({ ok: false, output: `${file}:3: not in the catalogue: Hello` });
  });

  it.each<readonly [string, string, string]>([
    ['a menu', "const menu = [{ label: 'File', submenu: [] }];", 'File'],
    ['a dialog', "dialog.showMessageBox({ message: 'Stop?' });", 'Stop?'],
    ['the buttons of a dialog', "dialog.showMessageBox({ buttons: ['Stop', text('a.used')] });", 'Stop'],
    ['the kinds of files', "dialog.showOpenDialog({ filters: [{ name: 'All files', extensions: ['*'] }] });", 'All files'],
    ['an error box', "dialog.showErrorBox(text('a.used'), 'It broke');", 'It broke'],
    ['a notification', 'new Notification({ title, body: `Run of ${cluster}` });', 'Run of'],
  ])('are found in %s', async (_, code, words) => {
    expect(await check({ 'electron/shell/menu.ts': `const show = () => { ${code} };` })).toMatchObject({
      ok: false,
      output: `electron/shell/menu.ts:1: not in the catalogue: ${words}`,
    });
  });

  it('are none where nobody reads them, where they come from the catalogue, or where they name a product', async () => {
    const markup = `<p className="wide" id={\`row \${one}\`} data-kind="title" aria-labelledby="other" role="alert">
      <Text size="sm" onClick={() => go('home')}>{text('a.used')} · 7000&nbsp;→ {one === 'fail' ? text(\`a.\${one}\`) : '–'}</Text>
      <h1 title="Triad">Redis / Valkey</h1> {one} ms, {one} s
      <Tabs data={[{ value: 'servers', label: text('a.used') }]} />
    </p>`;
    const shell = "log.info({ kind: 'window' }); new BrowserWindow({ title: 'Triad', icon: 'a.png' }); ipc.handle('Name it', answer);";
    expect(
      await check({
        'renderer/View.tsx': view(markup),
        'renderer/View.test.tsx': view('<p>Hello</p>'),
        'electron/shell/window.ts': shell,
        'electron/hosts/host.ts': "export const fact = { label: 'Swap' };",
      }),
    ).toEqual({ ok: true, saw: '2 of 4 files, 1 texts', output: '' });
  });
});

describe('texts that are said too early', () => {
  it.each([
    "const title = text('a.used');",
    "export const columns = [{ heading: say(message('a.used')) }];",
    "class View { static readonly title = text('a.used'); }",
  ])('are found in %s', async (source) => {
    expect(await check({ 'renderer/View.tsx': view('<p />'), 'electron/phases/one.ts': `\n${source}` })).toMatchObject({
      ok: false,
      output: 'electron/phases/one.ts:2: worded while the file is loaded, in whatever language is spoken then',
    });
  });

  it('are not those that a function says, nor messages, which are worded later', async () => {
    const source = "const title = (): string => text('a.used');\nexport const later = message('a.used');\nfunction one() { say(later); }";
    expect(await check({ 'renderer/View.tsx': view('<p />'), 'electron/phases/one.ts': source })).toMatchObject({ ok: true });
  });
});

describe('texts that nobody says', () => {
  const shown = { 'renderer/View.tsx': view('<p />') };

  it('are named', async () => {
    expect(await check(shown, ['a.used', 'a.unused'])).toMatchObject({
      ok: false,
      output: 'a.unused: in the catalogue, but nothing says it',
    });
  });

  it('are not those of the tests, nor of the catalogue itself', async () => {
    const mentions = {
      'electron/x.test.ts': "say('a.unused')",
      'electron/shared/messages/en/a.ts': "export const aTexts = { 'a.unused': 'x' };",
    };
    expect(await check({ ...shown, ...mentions }, ['a.unused'])).toMatchObject({ ok: false });
  });

  it.each<readonly [string, string, string]>([
    ['said by a template', 'report.verdict.pass', 'text(`report.verdict.${verdict}`)'],
    ['said by a template with an end', 'report.mark.inSync.what', 'text(`report.mark.${name}.what`)'],
    ['the remedy of a failure', 'ssh.refused.remedy', "fail('ssh.refused')"],
    ['the title of a check', 'check.server.memory.title', "defineCheck('server.memory')"],
    ['the name of a phase', 'phase.connect', "definePhase('connect')"],
  ])('are not %s', async (_, code, source) => {
    expect(await check({ ...shown, 'electron/say.ts': `const one = () => ${source};` }, [code])).toMatchObject({ ok: true });
    expect(await check({ ...shown, 'electron/say.ts': '' }, [code])).toMatchObject({ ok: false });
  });

  it('are not excused by a template that could be anything', async () => {
    expect(await check({ ...shown, 'electron/say.ts': 'say(`${kind}.${id}`)' }, ['a.unused'])).toMatchObject({ ok: false });
  });
});

it('fails when there is nothing to look at', async () => {
  expect(await check({})).toMatchObject({ ok: false, saw: 'nothing' });
  expect(await check({ 'renderer/View.tsx': view('<p />') }, [])).toMatchObject({ ok: false, saw: 'nothing' });
});
