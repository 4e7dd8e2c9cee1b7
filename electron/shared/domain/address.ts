import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** Distance between a node's data port and its cluster bus port; fixed by Redis unless `cluster-port` is set. */
export const BUS_PORT_OFFSET = 10_000;

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/u;
const ONLY_DIGITS_AND_DOTS = /^[\d.]+$/u;

/**
 * Reads an IP address in its usual text form and returns its canonical spelling, or null.
 * IPv4 must have four decimal parts (Redis reads no other form); an IPv4-mapped IPv6 address becomes IPv4.
 */
function canonicalIp(text: string): string | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toString();
  if (bare.includes('%') || !ipaddr.IPv6.isValid(bare)) return null;
  return ipaddr.process(bare).toString();
}

/** An IP address that a peer can dial, in canonical spelling: no name, no wildcard, no loopback, no multicast, no link-local scope. */
export const IpAddress = z
  .string()
  .trim()
  .transform((text, ctx) => {
    const ip = canonicalIp(text);
    if (ip === null) {
      ctx.addIssue({ code: 'custom', message: 'address.notIp', params: { value: text } });
      return z.NEVER;
    }
    const range = ipaddr.parse(ip).range();
    if (['unspecified', 'loopback', 'multicast', 'broadcast', 'linkLocal'].includes(range)) {
      ctx.addIssue({ code: 'custom', message: 'address.notDialable', params: { value: text, range } });
      return z.NEVER;
    }
    return ip;
  })
  .brand<'IpAddress'>();
export type IpAddress = z.infer<typeof IpAddress>;

/** An IP address (canonical) or a lower-case host name; what the admin's machine dials for SSH. */
export const HostAddress = z
  .string()
  .trim()
  .transform((text, ctx) => {
    const ip = canonicalIp(text);
    if (ip !== null) return ip;
    const name = text.toLowerCase().replace(/\.$/u, '');
    if (HOST_NAME.test(name) && !ONLY_DIGITS_AND_DOTS.test(name)) return name;
    ctx.addIssue({ code: 'custom', message: 'address.notHost', params: { value: text } });
    return z.NEVER;
  })
  .brand<'HostAddress'>();
export type HostAddress = z.infer<typeof HostAddress>;

/** A TCP port, 1 to 65535. */
export const Port = z
  .number({ error: 'port.notNumber' })
  .int('port.notNumber')
  .min(1, 'port.outOfRange')
  .max(65_535, 'port.outOfRange')
  .brand<'Port'>();
export type Port = z.infer<typeof Port>;

/** The cluster bus port of a data port; the caller has checked that it exists (data port at most 55535). */
export function busPortOf(dataPort: Port): Port {
  return Port.parse(dataPort + BUS_PORT_OFFSET);
}

/** `host:port`, with brackets around an IPv6 address; the only place that formats an address. */
export function formatEndpoint(endpoint: { readonly address: string; readonly port: number }): string {
  return endpoint.address.includes(':') ? `[${endpoint.address}]:${endpoint.port}` : `${endpoint.address}:${endpoint.port}`;
}

/** A network in CIDR form, normalised to its network address (`10.0.0.7/24` becomes `10.0.0.0/24`); a bare address becomes /32 or /128. */
export const Network = z
  .string()
  .trim()
  .transform((text, ctx) => {
    const [address = '', bits] = text.split('/');
    const ip = canonicalIp(address);
    const width = ip === null ? 0 : ip.includes(':') ? 128 : 32;
    const prefix = bits === undefined ? width : /^\d{1,3}$/u.test(bits) ? Number(bits) : -1;
    if (ip === null || prefix < 0 || prefix > width || text.split('/').length > 2) {
      ctx.addIssue({ code: 'custom', message: 'network.notCidr', params: { value: text } });
      return z.NEVER;
    }
    const cidr = `${ip}/${prefix}`;
    const network =
      width === 32 ? ipaddr.IPv4.networkAddressFromCIDR(cidr).toString() : ipaddr.IPv6.networkAddressFromCIDR(cidr).toString();
    return `${network}/${prefix}`;
  })
  .brand<'Network'>();
export type Network = z.infer<typeof Network>;
