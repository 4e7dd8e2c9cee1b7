import { readFile } from 'node:fs/promises';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec, Server } from '../shared/domain/spec.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { generatedPasswordFile } from '../storage/triadHome.ts';
import { readGeneratedPassword, readSecret } from '../storage/secrets.ts';
import { reasonOf } from '../storage/versionedFile.ts';
import type { RedisPassword } from '../phases/runContext.ts';
import type { HostLogin } from '../hosts/connectHost.ts';

/** Everything needed to log in to one server, in memory only. */
export interface ServerSecrets {
  readonly login: HostLogin;
  readonly sudoPassword: string | null;
}

/** Resolves what a server's login refers to. Throws `secret.*`, `ssh.keyUnreadable` or `ssh.agentUnavailable`. */
export async function secretsOfServer(server: Server, env: NodeJS.ProcessEnv = process.env): Promise<ServerSecrets> {
  const { login, user } = server.ssh;
  const sudoPassword =
    server.ssh.sudoPassword === null
      ? null
      : await readSecret(server.ssh.sudoPassword, say(message('cli.purpose.sudo', { server: server.name })), env);
  switch (login.kind) {
    case 'password':
      return {
        login: {
          kind: 'password',
          user,
          password: await readSecret(login.password, say(message('cli.purpose.login', { server: server.name })), env),
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
          : await readSecret(login.passphrase, say(message('cli.purpose.passphrase', { file: login.privateKeyFile })), env);
      let privateKey: string;
      try {
        privateKey = await readFile(login.privateKeyFile, 'utf8');
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

/**
 * The password of the cluster as far as this machine knows it: as the specification says, else the one kept from an earlier run. Null when neither
 * is there: `findPassword` then asks the servers, and only an installation makes a new one.
 */
export async function redisPasswordOf(spec: ClusterSpec, home: string, env: NodeJS.ProcessEnv = process.env): Promise<RedisPassword> {
  const purpose = say(message('cli.purpose.redis'));
  const { passwordEnv, passwordFile } = spec.redis;
  if (passwordEnv !== undefined)
    return { value: await readSecret({ kind: 'env', name: passwordEnv }, purpose, env), origin: 'specification' };
  if (passwordFile !== undefined)
    return { value: await readSecret({ kind: 'file', path: passwordFile }, purpose, env), origin: 'specification' };
  const kept = await readGeneratedPassword(generatedPasswordFile(home, spec.name), purpose);
  return kept === null ? { value: null, origin: 'unknown' } : { value: kept, origin: 'kept' };
}
