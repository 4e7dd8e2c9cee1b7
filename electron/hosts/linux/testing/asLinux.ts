import type { Host } from '../../host.ts';
import type { LinuxHost } from '../linuxHost.ts';

/** The same host with its shell, which nobody outside this room may use. */
export function asLinux(host: Host): LinuxHost {
  if (!('shell' in host)) throw new Error(`${host.server} is not a Linux server`);
  return host as LinuxHost;
}
