import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAskpass } from './credentials.ts';
import { loginOf } from './serverLogin.ts';
import type { SetState } from './setState.ts';
import type { SetPlace } from './setPlace.ts';

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
  name: string,
): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const server = set.servers.find((candidate) => candidate.name === name);
  const login = server === undefined ? undefined : loginOf(state, server.number);
  const secret = login?.auth.kind === 'password' ? login.auth.password : login?.auth.passphrase;
  return {
    args: ['-F', set.sshConfigFile, name],
    env: secret === undefined ? {} : { SSH_ASKPASS: writeAskpass(set, name, secret), SSH_ASKPASS_REQUIRE: 'force' },
  };
}
