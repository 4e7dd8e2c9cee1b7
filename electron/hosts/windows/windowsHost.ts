import { VersionAnswer } from './helperAnswers.ts';
import { FailureError } from '../../shared/domain/failure.ts';
import { forwardTo } from '../forward.ts';
import type { Host, WindowsAbilities } from '../host.ts';
import type { SshConnection } from '../ssh/sshConnection.ts';
import { aboutWindows, endProcess } from './about.ts';
import { applyChanges } from './apply/applyChanges.ts';
import { requireOfDefender } from './defender.ts';
import { windowsFaults } from './faults.ts';
import { createHelper, TOOL_FOLDER, type HelperProgram } from './helper.ts';
import { holdLock } from './holdLock.ts';
import { lastElectionAgoMs } from './lastElection.ts';
import { listenOn, probeFrom } from './network.ts';
import { createObserver } from './observeServer.ts';
import { readClock } from './readClock.ts';
import { readLogs } from './readLogs.ts';
import { createPowershell } from './powershell/runPowershell.ts';
import { WIN32 } from './systemErrors.ts';
import { createWindowsFiles } from './windowsFiles.ts';
import { orWithoutHelper } from './withoutHelper/withoutHelper.ts';
import { createWindowsShell } from './windowsShell.ts';

const SECRET_BYTES = 64 * 1024;
const ASK_DEADLINE_MS = 10_000;

/** A Windows server, with what only Windows has. */
export interface WindowsHost extends Host, WindowsAbilities {
  readonly windows: WindowsAbilities;
}

/** Makes the host of a Windows server from a logged-in connection. What keeps it from working is told by the first call. */
export function createWindowsHost({
  server,
  user,
  connection,
  helperProgram,
}: {
  readonly server: string;
  readonly user: string;
  readonly connection: SshConnection;
  readonly helperProgram: HelperProgram;
}): WindowsHost {
  const shell = createWindowsShell(server, connection);
  const files = createWindowsFiles(server, connection);
  const program = createHelper(shell, files, helperProgram);
  const powershell = createPowershell(shell, files, TOOL_FOLDER);
  const helper = orWithoutHelper(program, { server, shell, powershell, files });
  const trusted = new Set<string>();
  const observer = createObserver(
    program,
    { powershell, shell, clock: (options) => readClock(helper, options) },
    { server, hostKey: connection.hostKey, loginUser: user },
  );

  const abilities: WindowsAbilities = {
    about: (services, options) => aboutWindows({ helper, powershell, shell, ident: connection.ident }, services, options),
    endProcess: (pid, options) => endProcess(shell, pid, options),
    excludeFromDefender: (paths, options) => requireOfDefender(powershell, server, 'exclude', paths, options),
    includeInDefender: (paths, options) => requireOfDefender(powershell, server, 'include', paths, options),
  };

  return {
    server,
    platform: 'windows',
    hostKey: connection.hostKey,
    privilege: 'administrator',
    observe: (request, options) => observer.observe(request, options),
    apply: (changes, payload, options) =>
      applyChanges(
        changes,
        { server, shell, helper, files, payload, trusted, powershell, onDefenderTold: observer.forgetDefender },
        options,
      ),
    listen: (address, ports, lifetimeMs, options) => listenOn({ helper: program, powershell }, address, ports, lifetimeMs, options),
    probe: (targets, timeoutMs, options) => probeFrom({ helper: program, powershell }, server, targets, timeoutMs, options),
    forward: (address, port, options) => forwardTo(connection, server, address, port, options),
    async isBetweenBoots(options) {
      try {
        await helper.ask({ step: 'bootState', verb: 'version', answer: VersionAnswer }, { deadlineMs: ASK_DEADLINE_MS, ...options });
        return false;
      } catch (error) {
        // sshd is among the first that Windows ends; for a moment it still lets in, but nothing can be started.
        if (error instanceof FailureError && error.failure.values['code'] === WIN32.shutdownInProgress) return true;
        throw error;
      }
    },
    holdLock: (holder, options) => holdLock(helper, server, holder, options),
    lastElectionAgoMs: (logFile, options) => lastElectionAgoMs(helper, logFile, options),
    readLogs: (logFiles, options) => readLogs(helper, logFiles, options),
    readSecretFile: async (path, options) => (await files.read(path, SECRET_BYTES, options)).toString('utf8'),
    faults: windowsFaults({ server, shell, helper }),
    ...abilities,
    windows: abilities,
    get roundTrips() {
      return connection.roundTrips;
    },
    lost: connection.lost,
    close: () => connection.close(),
  };
}
