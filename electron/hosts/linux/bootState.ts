import type { CallOptions } from '../host.ts';
import type { HostShell } from './hostShell.ts';

const ASK_DEADLINE_MS = 10_000;
/** What systemd says of the boot while a server cannot be counted on: it is on its way down, or not up yet. */
const ON_ITS_WAY = /^(?:stopping|starting|initializing)/u;

/** Asks systemd; see `Host.isBetweenBoots`. */
export async function isBetweenBoots(shell: HostShell, options?: CallOptions): Promise<boolean> {
  const { stdout } = await shell.run(
    { name: 'bootState', script: 'systemctl is-system-running 2>/dev/null || :\n' },
    { deadlineMs: ASK_DEADLINE_MS, ...options },
  );
  return ON_ITS_WAY.test(stdout.trim());
}
