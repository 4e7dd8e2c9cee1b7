import { loginOf, type ServerLogin } from './serverLogin.ts';
import { resolveVariant } from './serverVariant.ts';
import type { SetState } from './setState.ts';
import type { SetPlace, ServerPlace } from './setPlace.ts';
import { windowsSpecLines } from './windows/windowsSpec.ts';

// `true` when the specification knows `platform` and `windowsArchive`.
const aboutWindows = windowsSpecLines({ areKnown: true });

/** Names of the environment variables that a practice spec refers to. */
const secretNames = { password: 'TRIAD_PRACTICE_PASSWORD', passphrase: 'TRIAD_PRACTICE_PASSPHRASE' } as const;

/** A Triad specification of the set, as YAML, with the servers' host keys pinned. Secrets are referred to: see `specEnvironment`. */
export function practiceSpec(set: SetPlace, state: SetState): string {
  return `# Three practice servers ("${set.prefix}"). Made by "npm run practice -- up", gone with "down".
schemaVersion: 1
name: ${set.prefix}
servers:
${set.servers.map((server) => specServer(server, state)).join('')}redis:
  engine: redis
${aboutWindows.archive(state.windowsArchive)}  masterPort: 7000
  replicaPort: 7001
  nodeTimeoutMs: 5000
  maxMemory: 64mb
  persistence: aof
firewall:
  manage: true
  clients: [${quoted(set.cidr)}]
`;
}

/** The environment variables that the practice spec refers to, with their values. Empty where no server wants a password or passphrase. */
export function specEnvironment(set: SetPlace, state: SetState): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const server of set.servers) {
    const { auth, sudo } = loginOf(state, server.number);
    if (auth.kind === 'password') environment[secretNames.password] = auth.password;
    if (auth.kind === 'key' && auth.passphrase !== undefined) environment[secretNames.passphrase] = auth.passphrase;
    if (sudo.kind === 'withPassword') environment[secretNames.password] = sudo.password;
  }
  return environment;
}

function specServer(server: ServerPlace, state: SetState): string {
  const login = loginOf(state, server.number);
  const fingerprint = state.fingerprints[server.number] ?? '';
  const sudo = login.sudo.kind === 'withPassword' ? `      sudo: { passwordEnv: ${secretNames.password} }\n` : '';
  return `  - name: ${server.name}
    address: ${server.address}
${aboutWindows.platform(resolveVariant(state.variants[server.number]).windows !== undefined)}    ssh:
      host: ${server.address}
      port: ${login.port}
      user: ${login.user}
      auth: ${specAuth(login)}
${sudo}      hostKey: ${quoted(fingerprint)}
`;
}

function specAuth({ auth }: ServerLogin): string {
  if (auth.kind === 'password') return `{ passwordEnv: ${secretNames.password} }`;
  const passphrase = auth.passphrase === undefined ? '' : `, passphraseEnv: ${secretNames.passphrase}`;
  return `{ privateKeyFile: ${quoted(auth.privateKeyFile)}${passphrase} }`;
}

/** A JSON string is a YAML string. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
