// `npm run format [-- PATH...]`: formats these files, or all.
import { spawnSync } from 'node:child_process';

const paths = process.argv.slice(2);
const args = [
  '--config',
  'scripts/config/prettier.json',
  '--write',
  '--list-different',
  '--ignore-unknown',
  ...(paths.length > 0 ? paths : ['.']),
];
const { status } = spawnSync('prettier', args, { stdio: 'inherit', shell: process.platform === 'win32' });
process.exitCode = status ?? 1;
