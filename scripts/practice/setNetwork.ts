import { closeSync, openSync } from 'node:fs';
import { PracticeError } from './practiceError.ts';
import { mustRun, runCommand } from './runCommand.ts';
import type { SetPlace } from './setPlace.ts';

// Higher than any real route's: it only counts when the network itself is gone.
const unreachableMetric = '4000000000';

/**
 * Makes the set's network: a hub (a network namespace of its own with the bridge in it), a cable from this machine into it, and a route that makes
 * the subnet unreachable whenever the cable is not there, so that nothing meant for a practice server ever leaves this machine.
 * The bridge is not on this machine itself because its firewall, or Docker's, may filter what crosses bridges here.
 */
export async function createNetwork(set: SetPlace): Promise<void> {
  await refuseTakenSubnet(set);
  closeSync(openSync(set.hubFile, 'w', 0o600));
  const doing = `make the network ${set.cidr}`;
  await mustRun(doing, 'ip', ['route', 'replace', 'unreachable', set.cidr, 'metric', unreachableMetric]);
  await mustRun(doing, 'unshare', [`--net=${set.hubFile}`, 'true']);
  await inHub(set, doing, 'ip', ['link', 'add', 'br0', 'type', 'bridge']);
  await inHub(set, doing, 'ip', ['link', 'set', 'br0', 'up']);
  await mustRun(doing, 'ip', ['link', 'add', set.adminInterface, 'type', 'veth', 'peer', 'name', 'admin', 'netns', set.hubFile]);
  await inHub(set, doing, 'ip', ['link', 'set', 'admin', 'master', 'br0', 'up']);
  await mustRun(doing, 'ip', ['address', 'add', `${set.adminAddress}/24`, 'dev', set.adminInterface]);
  await mustRun(doing, 'ip', ['link', 'set', set.adminInterface, 'up']);
}

/** Takes away what `createNetwork` made, or whatever part of it is there. The route goes last. */
export async function removeNetwork(set: SetPlace): Promise<void> {
  await runCommand('ip', ['link', 'delete', set.adminInterface]);
  await runCommand('umount', [set.hubFile]);
  await runCommand('ip', ['route', 'delete', 'unreachable', set.cidr, 'metric', unreachableMetric]);
}

/** Runs a program in the hub's network namespace. */
export function inHub(set: SetPlace, doing: string, program: string, args: readonly string[], input?: string): Promise<string> {
  return mustRun(doing, 'nsenter', [`--net=${set.hubFile}`, program, ...args], input === undefined ? {} : { input });
}

async function refuseTakenSubnet(set: SetPlace): Promise<void> {
  const routes = await mustRun('read the routes of this machine', 'ip', ['route', 'show', 'root', set.cidr]);
  if (routes.trim() === '') return;
  throw new PracticeError(
    `The subnet ${set.cidr} is already in use on this machine (${routes.trim().split('\n')[0]}): choose another with --subnet.`,
  );
}
