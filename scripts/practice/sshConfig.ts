import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAskpass } from './credentials.ts';
import { loginOf } from './serverLogin.ts';
import type { SetState } from './setState.ts';
import { runCommand, type CommandOptions, type CommandResult } from './runCommand.ts';
import type { ServerPlace, SetPlace } from './setPlace.ts';

/** Writes a configuration for the ssh client with which `ssh -F FILE triad-1` logs in: keys, ports, pinned host keys, no file of the user's own. */
export function writeSshConfig(set: SetPlace, state: SetState): void {
  const knownHostsFile = join(set.keysFolder, 'known_hosts');
  const known: string[] = [];
  const hosts: string[] = [];
  for (const server of set.servers) {
    const login = loginOf(state, server.number);
    known.push(`${server.name} ${readFileSync(join(set.keysFolder, `host-${server.number}.pub`), 'utf8').trim()}`);
    hosts.push(
      `Host ${server.name}`,
      `  HostName ${server.address}`,
      `  HostKeyAlias ${server.name}`,
      `  Port ${login.port}`,
      `  User ${login.user}`,
      ...(login.auth.kind === 'key'
        ? [`  IdentityFile ${login.auth.privateKeyFile}`, '  IdentitiesOnly yes']
        : ['  PreferredAuthentications password,keyboard-interactive']),
    );
  }
  writeFileSync(knownHostsFile, `${known.join('\n')}\n`, { mode: 0o600 });
  const forAll = [
    'Host *',
    `  UserKnownHostsFile ${knownHostsFile}`,
    '  GlobalKnownHostsFile /dev/null',
    '  StrictHostKeyChecking yes',
    '  IdentityAgent none',
  ];
  writeFileSync(set.sshConfigFile, `${[...hosts, ...forAll].join('\n')}\n`, { mode: 0o600 });
}

/** Arguments for `ssh` to log in to a server of the set, and the environment in which it finds password or passphrase by itself. */
export function sshCommand(
  set: SetPlace,
  state: SetState,
  server: ServerPlace,
): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const { auth } = loginOf(state, server.number);
  const secret = auth.kind === 'password' ? auth.password : auth.passphrase;
  return {
    args: ['-F', set.sshConfigFile, server.name],
    env: secret === undefined ? {} : { SSH_ASKPASS: writeAskpass(set, server.name, secret), SSH_ASKPASS_REQUIRE: 'force' },
  };
}

/** Runs a command on a server by the ssh client, logged in as its variant wants. Code 255 is ssh's own: it could not log in. */
export function runOverSsh(
  set: SetPlace,
  state: SetState,
  server: ServerPlace,
  command: string,
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { args, env } = sshCommand(set, state, server);
  return runCommand('ssh', [...args, command], { ...options, env: { ...env, ...options.env } });
}
