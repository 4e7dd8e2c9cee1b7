import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './check/program.ts';

// A checkout of its own, whose packages are installed by a script in place of npm.
let folder = '';
const write = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-run-'));
  await cp(join(root, 'scripts/run.mjs'), join(folder, 'scripts/run.mjs'));
  await cp(join(root, 'scripts/install'), join(folder, 'scripts/install'), { recursive: true });
  await write('package.json', '{ "type": "module" }');
  await write('package-lock.json', '{}');
  await write('npm.cjs', "require('node:fs').mkdirSync('node_modules', { recursive: true });");
  await write(
    'scripts/practice/cli.ts',
    'const code: number = Number(process.argv[2]); console.log(process.argv.slice(2).join()); process.exit(code);',
  );
  await write(
    'scripts/forward.mjs',
    "import { runUnder } from './install/runUnder.mjs';\nprocess.exitCode = await runUnder(process.execPath, process.argv.slice(2));",
  );
  await write('scripts/wait.mjs', "process.on('SIGTERM', () => process.exit(7));\nsetInterval(() => {}, 1000);\nconsole.log('ready');");
  await write('scripts/killed.mjs', "process.kill(process.pid, 'SIGKILL');");
});
afterAll(() => rm(folder, { recursive: true }));

interface End {
  readonly code: number | null;
  readonly output: string;
}

const run = (args: readonly string[], signal?: NodeJS.Signals): Promise<End> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, npm_execpath: join(folder, 'npm.cjs'), npm_node_execpath: process.execPath },
    });
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (signal !== undefined && output.includes('ready')) child.kill(signal);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (code) => resolve({ code, output }));
  });

it('runs a task with its arguments and ends with its exit code', async () => {
  const end = await run(['scripts/run.mjs', 'practice', '3', '--flag']);
  expect(end.output).toContain('3,--flag');
  expect(end.code).toBe(3);
});

it.each([
  ['an unknown task', ['nonsense'], 'Unknown task "nonsense".'],
  ['a task whose file is missing', ['demo'], 'Task "demo" is not available in this checkout: scripts/demo/demo.ts does not exist.'],
])('says in one sentence what is wrong with %s', async (_, args, sentence) => {
  const end = await run(['scripts/run.mjs', ...args]);
  expect(end.output).toContain(sentence);
  expect(end.output.trimEnd()).not.toContain('\n');
  expect(end.code).toBe(1);
});

it('passes a signal on to another Node and ends with its exit code', async () => {
  expect(await run(['scripts/forward.mjs', 'scripts/wait.mjs'], 'SIGTERM')).toMatchObject({ code: 7 });
});

it('ends with 128 and the number when a signal ended the other Node', async () => {
  expect(await run(['scripts/forward.mjs', 'scripts/killed.mjs'])).toMatchObject({ code: 137 });
});
