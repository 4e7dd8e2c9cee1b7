import { formatMemory } from './draft.ts';
import type { ClusterSpec, SecretRef } from './spec.ts';

function envName(ref: SecretRef | null): string | undefined {
  return ref?.kind === 'env' ? ref.name : undefined;
}

function loginInput(login: ClusterSpec['servers'][number]['ssh']['login']): Readonly<Record<string, unknown>> {
  switch (login.kind) {
    case 'key': {
      const passphraseEnv = envName(login.passphrase);
      return { privateKeyFile: login.privateKeyFile, ...(passphraseEnv === undefined ? {} : { passphraseEnv }) };
    }
    case 'password':
      return { passwordEnv: envName(login.password) };
    case 'agent':
      return { agent: true };
  }
}

/**
 * A parsed specification in the form of its file: what {@link ClusterSpec} reads back as the same. Secrets stand there by reference, as in the file that
 * it was read from; defaults are written out, so that another version of Triad with other defaults means the same cluster.
 */
export function specInputOfSpec(spec: ClusterSpec): Readonly<Record<string, unknown>> {
  const { redis } = spec;
  return {
    schemaVersion: 1,
    name: spec.name,
    servers: spec.servers.map(({ name, address, platform, ssh }) => {
      const sudo = envName(ssh.sudoPassword);
      return {
        name,
        address,
        ...(platform === undefined ? {} : { platform }),
        ssh: {
          host: ssh.host,
          port: ssh.port,
          user: ssh.user,
          auth: loginInput(ssh.login),
          ...(sudo === undefined ? {} : { sudo: { passwordEnv: sudo } }),
          ...(ssh.hostKey === null ? {} : { hostKey: ssh.hostKey }),
        },
      };
    }),
    redis: {
      engine: redis.engine,
      ...(redis.version === undefined ? {} : { version: redis.version }),
      ...(redis.archive === undefined ? {} : { archive: redis.archive }),
      ...(redis.windowsArchive === undefined ? {} : { windowsArchive: redis.windowsArchive }),
      masterPort: redis.masterPort,
      replicaPort: redis.replicaPort,
      ...(redis.passwordEnv === undefined ? {} : { passwordEnv: redis.passwordEnv }),
      ...(redis.passwordFile === undefined ? {} : { passwordFile: redis.passwordFile }),
      nodeTimeoutMs: redis.nodeTimeoutMs,
      maxMemory: formatMemory(redis.maxMemory),
      persistence: redis.persistence,
    },
    paths: spec.paths,
    ...(spec.failoverTest === undefined ? {} : { failoverTest: spec.failoverTest }),
    ...(spec.adopted === undefined ? {} : { adopted: spec.adopted }),
    firewall: spec.firewall,
    ...(spec.windows === undefined ? {} : { windows: spec.windows }),
  };
}

/** The environment variables in which a specification expects secrets, each once. */
export function secretNamesOf(spec: ClusterSpec): readonly string[] {
  const refs = spec.servers.flatMap(({ ssh }) => [
    ssh.login.kind === 'password' ? ssh.login.password : ssh.login.kind === 'key' ? ssh.login.passphrase : null,
    ssh.sudoPassword,
  ]);
  return [
    ...new Set([...refs.flatMap((ref) => envName(ref) ?? []), ...(spec.redis.passwordEnv === undefined ? [] : [spec.redis.passwordEnv])]),
  ];
}
