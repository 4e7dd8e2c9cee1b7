import { readFile } from 'node:fs/promises';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec, Server } from '../shared/domain/spec.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { generatedPasswordFile } from '../storage/triadHome.ts';
import { generatePassword, readGeneratedPassword, readSecret } from '../storage/secrets.ts';
import { reasonOf } from '../storage/versionedFile.ts';
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

/** Where the Redis password of a run came from; for the words that tell the admin. */
export interface RedisPassword {
  readonly value: string;
  readonly origin: 'specification' | 'kept' | 'generated';
  readonly keptIn: string | null;
}

/** The password of the cluster: as the specification says, else the one kept from an earlier run, else a new one, kept before it is used. */
export async function redisPasswordOf(spec: ClusterSpec, home: string, env: NodeJS.ProcessEnv = process.env): Promise<RedisPassword> {
  const purpose = say(message('cli.purpose.redis'));
  if (spec.redis.passwordEnv !== undefined)
    return { value: await readSecret({ kind: 'env', name: spec.redis.passwordEnv }, purpose, env), origin: 'specification', keptIn: null };
  if (spec.redis.passwordFile !== undefined)
    return {
      value: await readSecret({ kind: 'file', path: spec.redis.passwordFile }, purpose, env),
      origin: 'specification',
      keptIn: null,
    };
  const file = generatedPasswordFile(home, spec.name);
  const kept = await readGeneratedPassword(file, purpose);
  if (kept !== null) return { value: kept, origin: 'kept', keptIn: file };
  return { value: await generatePassword(file, purpose), origin: 'generated', keptIn: file };
}
