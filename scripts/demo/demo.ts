// `npm run demo`: the main job from nothing. Builds or finds the server bundle, starts three practice servers, and opens the wizard with them
// filled in. Without a display, or with --headless, the command line does the same: checks them, shows the plan, installs the cluster, proves
// it, loses each server once, and leaves the cluster running.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasDisplay } from '../electron/display.ts';
import { openPracticeSet } from '../practice/practiceSet.ts';
import { PracticeError } from '../practice/practiceError.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const reportFolder = join(root, 'out', 'demo');
const home = join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'triad', 'demo');

/** Ends the demo with a sentence and an exit code. */
class DemoStopped extends Error {
  readonly exitCode: number;
  constructor(sentence: string, exitCode: number) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** Runs one of the project's tasks in its own process, with its output on this terminal or in a file. */
async function task(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly outputFile?: string } = {},
): Promise<void> {
  const output = options.outputFile === undefined ? null : openSync(options.outputFile, 'w');
  const child = spawn(process.execPath, [join(root, 'scripts', 'run.mjs'), ...args], {
    stdio: ['inherit', output ?? 'inherit', 'inherit'],
    env: { ...process.env, ...options.env },
  });
  // The terminal gives an interrupt to the child as well, which finishes safely; this process then ends with the child's code.
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  process.off('SIGINT', wait);
  if (output !== null) closeSync(output);
  if (code !== 0) throw new DemoStopped(`The step "${args.slice(0, 2).join(' ')}" ended with exit code ${code}.`, code);
}

function heading(text: string): void {
  console.log(`\n\u001B[1m── ${text}\u001B[0m\n`);
}

async function demo(): Promise<void> {
  const { values } = parseArgs({ options: { headless: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } } });
  const set = openPracticeSet({ progress: (sentence) => console.log(`  ${sentence}`) });
  mkdirSync(reportFolder, { recursive: true });

  heading('The Redis programs');
  await task(['redis', 'ensure']);

  heading('Three practice servers');
  // With a firewall, so that opening it is a part of the show; servers that are up already are taken as they are.
  const began = set.status().state === 'up' ? await set.up() : await set.up({ firewall: 'nftables' });
  console.log(began === 'started' ? '  They are ready.' : '  They are up already.');

  const specification = set.spec();
  const env = { ...specification.environment, TRIAD_HOME: home };
  if (!values.headless && hasDisplay()) {
    heading('The wizard');
    console.log(
      '  It opens with the three servers filled in: press the blue button of each step. Nothing is changed before the step "Review".',
    );
    await task(['start', set.place.specFile], { env });
    console.log('\nThe practice servers are still there: "npm run practice -- down" takes everything away.');
    return;
  }

  const spec = ['--spec', set.place.specFile];

  heading('Check: are the servers fit, do they reach each other?');
  await task(['triad', 'check', ...spec, '--report', join(reportFolder, 'check')], { env });

  heading('Plan: what would be done?');
  const planFile = join(reportFolder, 'plan.txt');
  await task(['triad', 'plan', ...spec, '--report', join(reportFolder, 'plan')], { env, outputFile: planFile });
  console.log(`  Every file, service and command is listed in ${relative(process.cwd(), planFile)}`);

  heading('Install, verify, and lose each server once');
  const victims = values.quick ? (set.servers[0]?.name ?? 'all') : 'all';
  await task(['triad', 'install', ...spec, '--yes', '--failover-test', victims, '--report', reportFolder], { env });

  console.log('\nThe cluster is running. Try it:');
  console.log('  npm run practice -- ssh 1          log in to the first server');
  console.log('  npm run practice -- power-cut 2    pull the plug of the second');
  console.log(`  TRIAD_HOME=${home} npm run -s triad -- validate --spec ${set.place.specFile}`);
  console.log('  npm run practice -- down           take everything away');
}

try {
  await demo();
} catch (error) {
  if (!(error instanceof DemoStopped) && !(error instanceof PracticeError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof DemoStopped ? error.exitCode : 1;
}
