import { isSea } from 'node:sea';
import type { KeeperProgram } from '../handlers/power/powerSwitch.ts';

/** The name of the command that `cli.ts` keeps the power of a server by. */
const KEEPER_COMMAND = 'power-keeper';

/** How this very program is started again as the keeper of a server's power; a console executable is its own script. */
export function keeperProgram(): KeeperProgram {
  const script = isSea() ? [] : process.argv.slice(1, 2);
  return { file: process.execPath, args: [...process.execArgv, ...script, KEEPER_COMMAND] };
}
