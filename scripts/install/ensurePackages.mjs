// Built-in modules only, Node 20: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeInstallLock } from './installLock.mjs';

/** The files that decide what is installed. */
const sources = /** @type {const} */ (['package.json', 'package-lock.json']);

/** The fields of package.json that decide what is installed; a new npm script must not cost an installation. */
const installFields = /** @type {const} */ ([
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
  'allowScripts',
  'engines',
  'os',
  'cpu',
]);

/** What npm and Node say when a registry does not answer. */
const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|ENOTCACHED)\b/u;

/** Four tries within 12 s; npm's own are three within 70 s, a long time to wait for "cannot be reached". */
const patience = ['--fetch-retries=4', '--fetch-retry-factor=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/**
 * @typedef {{ readonly hash: string, readonly platform: string, readonly files: Readonly<Record<string, string>> }} Stamp
 *   written into node_modules after a complete installation
 */

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules', '.triad-installed.json');
}

/**
 * @param {string} root
 * @returns {Stamp | undefined} undefined when there is none or it cannot be read: then everything is installed anew
 */
function readStamp(root) {
  try {
    return /** @type {Stamp} */ (JSON.parse(readFileSync(stampFile(root), 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @returns {Record<string, string>} size and modification time of each source: equal means unchanged, without reading it
 */
function sourceTimes(root) {
  return Object.fromEntries(
    sources.map((name) => {
      const { size, mtimeMs } = statSync(join(root, name));
      return [name, `${size} ${mtimeMs}`];
    }),
  );
}

/** @param {string} root */
function sourceHash(root) {
  const manifest = /** @type {Record<string, unknown>} */ (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return createHash('sha256')
    .update(JSON.stringify(installFields.map((field) => manifest[field] ?? null)))
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** @param {string} root */
function isInstalled(root) {
  const stamp = readStamp(root);
  if (stamp === undefined || stamp.platform !== `${process.platform}-${process.arch}`) return false;
  const times = sourceTimes(root);
  if (sources.every((name) => stamp.files[name] === times[name])) return true;
  if (stamp.hash !== sourceHash(root)) return false;
  writeStamp(root);
  return true;
}

/** @param {string} root */
function writeStamp(root) {
  /** @type {Stamp} */
  const stamp = { hash: sourceHash(root), platform: `${process.platform}-${process.arch}`, files: sourceTimes(root) };
  writeFileSync(stampFile(root), `${JSON.stringify(stamp)}\n`);
}

/**
 * @param {string} root
 * @returns {Promise<{ readonly code: number, readonly output: string }>}
 */
function npmCi(root) {
  const args = ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--include=dev', '--include=optional', ...patience];
  const npm = process.env['npm_execpath'];
  // `npm run -s` hands its silence down, which would hide why an installation failed.
  const env = { ...process.env, npm_config_loglevel: 'error' };
  // npm is a script: started by the Node that runs npm, never by the one inside node_modules, which `npm ci` deletes.
  const child =
    npm === undefined
      ? spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
      : spawn(process.env['npm_node_execpath'] ?? process.execPath, [npm, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve) => {
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Installs the packages of the lock into `root` unless they are there. Two processes doing so at once wait for each other.
 * @param {string} root the checkout
 * @returns {Promise<string | undefined>} what is wrong, in one sentence; undefined when everything is installed
 */
export async function ensurePackages(root) {
  if (isInstalled(root)) return undefined;
  const release = await takeInstallLock(root);
  try {
    if (isInstalled(root)) return undefined;
    process.stderr.write('Installing the packages of the lock file; this takes up to a minute.\n');
    const { code, output } = await npmCi(root);
    if (code === 0) {
      writeStamp(root);
      return undefined;
    }
    const reason = unreachable.exec(output)?.[1];
    if (reason !== undefined) return `The packages could not be installed because the npm registry cannot be reached (${reason}).`;
    process.stderr.write(output);
    return `The packages could not be installed: "npm ci" ended with ${code}, its words are above.`;
  } finally {
    release();
  }
}
