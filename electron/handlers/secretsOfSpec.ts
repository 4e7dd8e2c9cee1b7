import { readFile } from 'node:fs/promises';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec, SecretRef, Server } from '../shared/domain/spec.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { readSecret, type OnSecret } from '../storage/secrets.ts';
import { reasonOf } from '../storage/versionedFile.ts';
import type { RedisPassword } from '../phases/runContext.ts';
import type { HostLogin } from '../hosts/connectHost.ts';
import type { PasswordKeeper } from './passwordKeeper.ts';

/** Everything needed to log in to one server, in memory only. */
export interface ServerSecrets {
  readonly login: HostLogin;
  readonly sudoPassword: string | null;
}

/** Where secrets are looked up, and who is told of them. */
export interface SecretSource {
  /** What the names of environment variables stand for; the process's own environment where nothing is said. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Left out by the command line, which keeps no log. */
  readonly onSecret?: OnSecret | undefined;
}

/** Resolves what a server's login refers to. Throws `secret.*`, `ssh.keyUnreadable` or `ssh.agentUnavailable`. */
export async function secretsOfServer(server: Server, source: SecretSource = {}): Promise<ServerSecrets> {
  const { login, user } = server.ssh;
  const env = source.environment ?? process.env;
  const read = reader(source);
  const sudoPassword =
    server.ssh.sudoPassword === null
      ? null
      : await read(server.ssh.sudoPassword, say(message('cli.purpose.sudo', { server: server.name })));
  switch (login.kind) {
    case 'password':
      return {
        login: {
          kind: 'password',
          user,
          password: await read(login.password, say(message('cli.purpose.login', { server: server.name }))),
        },
        sudoPassword,
      };
    case 'agent': {
      const socket = env['SSH_AUTH_SOCK'];
      if (socket === undefined || socket === '')
        throw fail('ssh.agentUnavailable', serverSubject(server.name), { values: { reason: say(message('cli.noAgentSocket')) } });
      return { login: { kind: 'agent', user, socket }, sudoPassword };
    }
    case 'key': {
      const passphrase =
        login.passphrase === null
          ? null
          : await read(login.passphrase, say(message('cli.purpose.passphrase', { file: login.privateKeyFile })));
      let privateKey: string;
      try {
        privateKey = await readFile(login.privateKeyFile, 'utf8');
        source.onSecret?.(privateKey);
      } catch (error) {
        throw fail('ssh.keyUnreadable', serverSubject(server.name), {
          values: { file: login.privateKeyFile, reason: reasonOf(error) },
          cause: error,
        });
      }
      return { login: { kind: 'key', user, privateKey, privateKeyFile: login.privateKeyFile, passphrase }, sudoPassword };
    }
  }
}

function reader({ environment = process.env, onSecret }: SecretSource): (ref: SecretRef, purpose: string) => Promise<string> {
  return async (ref, purpose) => {
    const value = await readSecret(ref, purpose, environment);
    onSecret?.(value);
    return value;
  };
}

/**
 * The password of the cluster as far as this machine knows it: as the specification says, else the one kept from an earlier run. Null when neither
 * is there: `findPassword` then asks the servers, and only an installation makes a new one.
 */
export async function redisPasswordOf(
  spec: ClusterSpec,
  keeper: Pick<PasswordKeeper, 'read'>,
  source: SecretSource = {},
): Promise<RedisPassword> {
  const purpose = say(message('cli.purpose.redis'));
  const read = reader(source);
  const { passwordEnv, passwordFile } = spec.redis;
  if (passwordEnv !== undefined) return { value: await read({ kind: 'env', name: passwordEnv }, purpose), origin: 'specification' };
  if (passwordFile !== undefined) return { value: await read({ kind: 'file', path: passwordFile }, purpose), origin: 'specification' };
  const kept = await keeper.read();
  return kept === null ? { value: null, origin: 'unknown' } : { value: kept, origin: 'kept' };
}
