import { firewallVariants, type FirewallName } from './firewallVariants.ts';
import { loginVariants, type LoginName, type LoginVariant } from './loginVariants.ts';
import { quirkVariants, type QuirkName } from './quirkVariants.ts';
import type { Recipe, RecipeContext } from './recipe.ts';
import type { ServerNumber } from './setPlace.ts';
import type { WindowsVariant } from './windows/windowsVariant.ts';

/** How a server differs from the plain one. What is not said is as in `plainVariant`. */
export interface ServerVariant {
  readonly login?: LoginName;
  readonly sshPort?: number;
  readonly firewall?: FirewallName;
  readonly quirks?: readonly QuirkName[];
  /** A small disk mounted on `path`, to be filled up. It is a tmpfs: its content does not outlast a boot. */
  readonly dataDisk?: { readonly path: string; readonly sizeBytes: number };
  /** A script for `sh`, run as root in the server each time it is made new (`up`, `reset`) after it has booted. */
  readonly prepare?: string;
  /** A Windows server: `true` for the plain one. It takes `login`, `sshPort` and `prepare` of what is above. */
  readonly windows?: boolean | WindowsVariant;
}

/** Variants of a whole set: for all servers, and for single ones, which replace what was said for all. */
export interface SetVariant extends ServerVariant {
  readonly servers?: Readonly<Partial<Record<ServerNumber, ServerVariant>>>;
}

/** A variant with nothing left open. */
export interface ResolvedVariant {
  readonly login: LoginVariant;
  readonly sshPort: number;
  readonly dataDisk: { readonly path: string; readonly sizeBytes: number } | undefined;
  readonly prepare: string | undefined;
  /** The recipes that make it, in the order in which they run. */
  readonly recipes: readonly Recipe[];
  readonly context: RecipeContext;
  /** Undefined for a Linux server. */
  readonly windows: WindowsVariant | undefined;
}

/** The plain server: `admin` with a key and sudo without a password, port 22, no firewall, nothing odd. */
const plainVariant = { login: 'key', sshPort: 22, firewall: 'none', quirks: [], windows: false } as const satisfies ServerVariant;

/** What server `number` of a set is to be, of all that was said about the set. */
export function variantFor(set: SetVariant, number: ServerNumber): ServerVariant {
  const { servers, ...forAll } = set;
  return { ...forAll, ...servers?.[number] };
}

/** Fills in what a variant leaves open, and finds its recipes. */
export function resolveVariant(variant: ServerVariant): ResolvedVariant {
  const wanted = { ...plainVariant, ...variant };
  const login: LoginVariant = loginVariants[wanted.login];
  return {
    login,
    sshPort: wanted.sshPort,
    dataDisk: variant.dataDisk,
    prepare: variant.prepare,
    recipes: [firewallVariants[wanted.firewall], ...wanted.quirks.map((quirk): Recipe => quirkVariants[quirk])],
    context: { user: login.user, sshPort: wanted.sshPort },
    windows: wanted.windows === true ? {} : wanted.windows === false ? undefined : wanted.windows,
  };
}

/** Whether two variants make the same server, whatever they leave unsaid. */
export function sameVariant(one: ServerVariant, other: ServerVariant): boolean {
  const [first, second] = [one, other].map(({ dataDisk, prepare, ...variant }) =>
    JSON.stringify([Object.entries({ ...plainVariant, ...variant }), dataDisk?.path, dataDisk?.sizeBytes, prepare]),
  );
  return first === second;
}
