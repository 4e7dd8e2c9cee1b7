import type { ServerFacts } from '../shared/domain/server.ts';
import type { Check } from './check.ts';
import { address } from './server/address.ts';
import { architecture } from './server/architecture.ts';
import { clock } from './server/clock.ts';
import { cpu } from './server/cpu.ts';
import { dataFolder } from './server/dataFolder.ts';
import { firewall } from './server/firewall.ts';
import { foreignRedis } from './server/foreignRedis.ts';
import { forwarding } from './server/forwarding.ts';
import { hostKey } from './server/hostKey.ts';
import { installFolder } from './server/installFolder.ts';
import { logFolder } from './server/logFolder.ts';
import { maintenance } from './server/maintenance.ts';
import { maskedUnits } from './server/maskedUnits.ts';
import { memory } from './server/memory.ts';
import { openFiles } from './server/openFiles.ts';
import { operatingSystem } from './server/operatingSystem.ts';
import { overcommitMemory } from './server/overcommitMemory.ts';
import { keptData } from './server/keptData.ts';
import { ownFiles } from './server/ownFiles.ts';
import { ownMachine } from './server/ownMachine.ts';
import { ownPlace } from './server/ownPlace.ts';
import { ports } from './server/ports.ts';
import { privilege } from './server/privilege.ts';
import { programs } from './server/programs.ts';
import { reached } from './server/reached.ts';
import { reservedPorts } from './server/reservedPorts.ts';
import { sameSystem } from './server/sameSystem.ts';
import { selinux } from './server/selinux.ts';
import { serviceUser } from './server/serviceUser.ts';
import { serviceUserWrites } from './server/serviceUserWrites.ts';
import { somaxconn } from './server/somaxconn.ts';
import { staticAddress } from './server/staticAddress.ts';
import { swap } from './server/swap.ts';
import { systemd } from './server/systemd.ts';
import { transparentHugePages } from './server/transparentHugePages.ts';

/** Every check on the facts of the servers, in the order in which they are shown: access, system, room, network, kernel, what is in the way. */
export const SERVER_CHECKS: readonly Check<readonly ServerFacts[]>[] = [
  reached,
  hostKey,
  privilege,
  forwarding,
  ownMachine,
  operatingSystem,
  architecture,
  systemd,
  sameSystem,
  programs,
  cpu,
  memory,
  swap,
  installFolder,
  dataFolder,
  logFolder,
  clock,
  address,
  staticAddress,
  ports,
  reservedPorts,
  firewall,
  foreignRedis,
  ownPlace,
  ownFiles,
  keptData,
  maskedUnits,
  serviceUser,
  serviceUserWrites,
  transparentHugePages,
  overcommitMemory,
  somaxconn,
  openFiles,
  selinux,
  maintenance,
];
