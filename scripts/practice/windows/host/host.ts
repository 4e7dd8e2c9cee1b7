// The process that makes a Wine prefix a Windows server: its SSH, the answers of its tools, its firewall, its going on and off. Started by
// windowsInit.sh in the server's own namespaces: node host.ts SERVER_FOLDER. It ends with 0 for "off" and 133 for "boot again", as nspawn does.
import { spawn } from 'node:child_process';
import { wineEnvironment, wineProgram, wineserverProgram } from '../../../windows-service/winePrefix.ts';
import { readHostConfig, windowsFiles } from '../hostConfig.ts';
import { bootTool, openChannel } from './controlChannel.ts';
import { applyGate, type GateSettings } from './gate.ts';
import { createPendingExecs } from './pendingExecs.ts';
import { openSsh } from './sshHost.ts';

const rebootCode = 133;

const [serverFolder = ''] = process.argv.slice(2);
const config = readHostConfig(serverFolder);
const { prefix } = windowsFiles(serverFolder);
const env = { ...wineEnvironment(prefix), PATH: '/usr/bin:/bin' };
const settings: GateSettings = {
  sshPort: config.sshPort,
  localSubnet: config.localSubnet,
  isOn: config.variant.windowsFirewall !== 'off',
  rulesCount: config.variant.windowsFirewall !== 'policyOnly',
};

let closeSsh = (): void => undefined;
let isEnding = false;

/** Runs a program of Wine without any pipe to us: its server and the services would keep the pipe open. */
const wine = (program: string, ...args: readonly string[]): Promise<number> => run('ignore', program, args);

function run(stdio: 'ignore' | 'inherit', program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: prefix, env, stdio });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function end(what: 'off' | 'reboot'): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  process.stdout.write(`[practice] going ${what === 'off' ? 'off' : 'down for a reboot'}\n`);
  // Wine runs already, so nothing that stays gets our output; who has not ended is told there.
  const told = await run('inherit', wineProgram, ['C:\\windows\\triad-practice\\power.exe', 'off']);
  if (told !== 0) process.stdout.write(`[practice] the services did not end in order: code ${told}\n`);
  closeSsh();
  // Ends every program and writes the registry.
  await wine(wineserverProgram, '-k');
  await wine(wineserverProgram, '-w');
  process.exit(what === 'reboot' ? rebootCode : told === 0 ? 0 : 1);
}

const power = (what: 'off' | 'reboot'): void => {
  end(what).catch((error: unknown) => {
    process.stdout.write(`[practice] could not go off in order: ${String(error)}\n`);
    process.exit(1);
  });
};
process.on('SIGTERM', () => power('off'));

// Shut before anything runs: on Windows too the filter is there before the services.
await applyGate([], settings);
const execs = createPendingExecs();
await openChannel({ serverFolder, execs, applyRules: (rules) => applyGate(rules, settings), power });
await wine(wineserverProgram, '-p');
await wine(wineProgram, 'wineboot');
const told = await wine(wineProgram, `C:\\windows\\triad-practice\\${bootTool}`);
if (told !== 0) throw new Error(`the rules of the firewall could not be read: code ${told}`);
closeSsh = await openSsh(config, serverFolder, execs);
process.stdout.write(`[practice] ${config.name} is on\n`);
