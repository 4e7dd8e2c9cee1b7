/** What a recipe's scripts may depend on. */
export interface RecipeContext {
  /** Who logs in. */
  readonly user: 'admin' | 'root';
  readonly sshPort: number;
}

/** One way in which a practice server differs from the plain one. All scripts are for `sh`, run as root and stop at the first failure. */
export interface Recipe {
  readonly says: string;
  /** Debian packages that the plain base system has not: built once into a layer of their own. */
  readonly packages?: readonly string[];
  /** Runs once in that layer, after its packages. No network, no running services. */
  readonly layerScript?: string;
  /** Runs in the server's files before it boots. */
  readonly beforeBoot?: (context: RecipeContext) => string;
  /** Runs in the booted server, after `up` and `reset` but not after later boots: what it does must last. */
  readonly afterBoot?: (context: RecipeContext) => string;
}
