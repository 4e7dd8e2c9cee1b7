import type { ClusterSpec, SecretRef } from '../../shared/domain/spec.ts';
import type { Every } from './every.ts';

/** What a snippet is made from. All paths are absolute, in the form of the machine that asks. */
export interface ScheduleInput {
  readonly cluster: string;
  /** The command line as it was started: the console executable, or Node and the program. */
  readonly program: readonly string[];
  readonly specFile: string;
  readonly home: string;
  /** Where server bundles are looked up, if that was said. */
  readonly bundles: string | null;
  /** Who will run it. */
  readonly user: string;
  readonly every: Every;
  /** Asks the nodes alone: no login is needed, and nothing of one is named or read. */
  readonly redisOnly: boolean;
  readonly prometheus: string | null;
  readonly junit: string | null;
  /** Holds the secrets that the specification names by environment variables; only its owner may read it. */
  readonly environmentFile: string;
  readonly secretNames: readonly string[];
  /** Everything else that is read: keys, password files, archives. */
  readonly reads: readonly string[];
  readonly logFile: string;
}

/** The environment variables that hold secrets of a specification; with Redis access alone, none of a login. */
export function secretNamesOf({ servers, redis }: ClusterSpec, redisOnly: boolean): readonly string[] {
  const nameOf = (ref: SecretRef | null): readonly string[] => (ref?.kind === 'env' ? [ref.name] : []);
  const names = (redisOnly ? [] : servers).flatMap(({ ssh }) => {
    const { login } = ssh;
    const own = login.kind === 'password' ? nameOf(login.password) : login.kind === 'key' ? nameOf(login.passphrase) : [];
    return [...own, ...nameOf(ssh.sudoPassword)];
  });
  return [...new Set([...names, ...(redis.passwordEnv === undefined ? [] : [redis.passwordEnv])])];
}

/** The files that a specification names, beside itself; with Redis access alone, none of a login. */
export function filesOf({ servers, redis }: ClusterSpec, redisOnly: boolean): readonly string[] {
  const keys = (redisOnly ? [] : servers).flatMap(({ ssh }) => (ssh.login.kind === 'key' ? [ssh.login.privateKeyFile] : []));
  const others = [redis.passwordFile, redis.archive?.file, redis.windowsArchive?.file].filter((file) => file !== undefined);
  return [...new Set([...keys, ...others])];
}

/** The whole command, word for word. */
export function commandOf({ program, specFile, redisOnly, prometheus, junit }: ScheduleInput): readonly string[] {
  const outputs = [...(prometheus === null ? [] : ['--prometheus', prometheus]), ...(junit === null ? [] : ['--junit', junit])];
  return [...program, 'validate', '--spec', specFile, ...(redisOnly ? ['--redis-only'] : []), ...outputs];
}

/** What the command finds in its environment, without secrets. */
export function settingsOf({ home, bundles }: ScheduleInput): Readonly<Record<string, string>> {
  return { TRIAD_HOME: home, ...(bundles === null ? {} : { TRIAD_BUNDLES: bundles }) };
}
