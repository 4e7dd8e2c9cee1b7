import type { Privilege } from '../../shared/domain/server.ts';
import { forwardTo } from '../forward.ts';
import type { Host } from '../host.ts';
import type { SshConnection } from '../ssh/sshConnection.ts';
import { applyChanges } from './apply/applyChanges.ts';
import { elevationFor, privilegeOf } from './commandLine.ts';
import { isBetweenBoots } from './bootState.ts';
import { linuxFaults } from './faults.ts';
import { holdLock } from './holdLock.ts';
import type { HostShell } from './hostShell.ts';
import { lastElectionAgoMs } from './lastElection.ts';
import { listenOn } from './listen.ts';
import { createLinuxShell } from './linuxShell.ts';
import { observeServer } from './observe/observeServer.ts';
import { probeFrom } from './probe.ts';
import { readLogs } from './readLogs.ts';
import { readSecretFile } from './readSecretFile.ts';
import type { Access } from './access.ts';

/** A Linux server, with its shell for the tests of this room: to everybody else it is a `Host`. */
export interface LinuxHost extends Host {
  readonly shell: HostShell;
}

/** Makes the host of a Linux server from a logged-in connection. */
export function createLinuxHost({
  server,
  user,
  sudoPassword,
  connection,
}: {
  readonly server: string;
  readonly user: string;
  readonly sudoPassword: string | null;
  readonly connection: SshConnection;
}): LinuxHost {
  const elevation = elevationFor(user, sudoPassword !== null);
  // Until the first script has run, this is what was given; then it is what happened.
  let privilege: Privilege = privilegeOf(elevation, sudoPassword !== null);
  const access: Access = {
    connection,
    login: { server, user },
    elevation,
    sudoPassword,
    onStarted: (wasAsked) => {
      privilege = privilegeOf(elevation, wasAsked);
    },
    rejection: null,
    firstStart: null,
  };
  const shell = createLinuxShell(access);

  return {
    server,
    platform: 'linux',
    hostKey: connection.hostKey,
    get privilege() {
      return privilege;
    },
    shell,
    observe: (request, options) =>
      observeServer(shell, request, { server, hostKey: connection.hostKey, loginUser: user, privilege: () => privilege }, options),
    apply: (changes, payload, options) => applyChanges(shell, changes, payload, options),
    listen: (address, ports, lifetimeMs, options) => listenOn(shell, address, ports, lifetimeMs, options),
    probe: (targets, timeoutMs, options) => probeFrom(shell, server, targets, timeoutMs, options),
    forward: (address, port, options) => forwardTo(connection, server, address, port, options),
    isBetweenBoots: (options) => isBetweenBoots(shell, options),
    holdLock: (holder, options) => holdLock(shell, holder, options),
    lastElectionAgoMs: (logFile, options) => lastElectionAgoMs(shell, logFile, options),
    readLogs: (logFiles, options) => readLogs(shell, logFiles, options),
    readSecretFile: (path, options) => readSecretFile(shell, path, options),
    faults: linuxFaults(shell),
    get roundTrips() {
      return connection.roundTrips;
    },
    lost: connection.lost,
    close: () => connection.close(),
  };
}
