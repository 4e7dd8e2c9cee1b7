import { IpAddress, Port } from './address.ts';

/** The port of a node where an address names none. */
export const DEFAULT_NODE_PORT = 7000;

/** `10.0.0.1`, `10.0.0.1:6379`, `[fd00::1]:6379`; null for anything else. */
export function readClusterAddress(text: string): { readonly address: IpAddress; readonly port: Port } | null {
  const bare = IpAddress.safeParse(text);
  const [, bracketed, plain, number] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/u.exec(text) ?? [];
  const address = bare.success ? bare : IpAddress.safeParse(bracketed ?? plain ?? '');
  const port = Port.safeParse(Number(number ?? DEFAULT_NODE_PORT));
  return address.success && port.success ? { address: address.data, port: port.data } : null;
}
