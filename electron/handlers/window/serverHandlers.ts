import type { ServerGlimpse, ServerTest } from '../../shared/contract/procedures.ts';
import { formatEndpoint } from '../../shared/domain/address.ts';
import { loginIndexOf, type Draft, type ServerDraft } from '../../shared/domain/draft.ts';
import { fail, failureOf } from '../../shared/domain/failure.ts';
import { SERVICE_USER } from '../../shared/domain/plan.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import type { HostKey, ServerFacts } from '../../shared/domain/server.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { DEFAULT_WINDOWS_FOLDER } from '../../shared/domain/windowsFolder.ts';
import { connectHost } from '../../hosts/connectHost.ts';
import { lookAtPlatform } from '../../hosts/lookAtPlatform.ts';
import { findWindowsHelper } from '../findWindowsBundle.ts';
import { secretsOfServer } from '../secretsOfSpec.ts';
import { environmentOf, specOfDraft, type WindowContext } from './windowContext.ts';

const TEST_DEADLINE_MS = 10_000;
/** It has just answered. */
const LOOK_DEADLINE_MS = 2000;

/** A draft in which only the server that is tested matters: what is missing elsewhere is filled with something that stands in nobody's way. */
function onlyServer(draft: Draft, index: number): Draft {
  const loginIndex = loginIndexOf(draft, index);
  const bystander = (server: ServerDraft, at: number): ServerDraft => ({
    ...(at === loginIndex ? server : { ...server, user: 'nobody', login: 'agent', key: null, hasPassphrase: false, sudo: 'none' }),
    name: `other-${at + 1}`,
    address: `192.0.2.${at + 1}`,
    sshHost: '',
    sshPort: '22',
    hostKey: '',
  });
  return {
    ...draft,
    name: 'test',
    servers: draft.servers.map((server, at) =>
      at === index ? { ...server, name: server.name.trim() === '' ? `server-${index + 1}` : server.name } : bystander(server, at),
    ),
    redis: { ...draft.redis, archive: null, masterPort: '7000', replicaPort: '7001', nodeTimeoutMs: '5000', maxMemory: '256mb' },
    paths: { install: '/opt/triad', data: '/var/lib/triad', logs: '/var/log/triad' },
    firewall: { manage: false, clients: [] },
  };
}

function glimpseOf(facts: ServerFacts, platform: Platform, trust: ServerGlimpse['trust']): ServerGlimpse {
  return {
    hostName: facts.hostName,
    platform,
    osName: facts.os.prettyName,
    kernel: facts.os.kernel,
    architecture: facts.os.architecture,
    cpuCount: facts.cpuCount,
    memoryBytes: facts.memoryBytes,
    diskFreeBytes: facts.disks[0]?.freeBytes ?? null,
    privilege: facts.privilege,
    hostKey: facts.hostKey,
    trust,
    machineId: facts.machineId === '' ? null : facts.machineId,
    firewall: facts.firewall.isActive ? facts.firewall.kind : 'none',
  };
}

/** Where the data of a draft will lie on a server; where nothing is typed yet, its first disk. */
function dataRootOf({ paths }: Draft, platform: Platform): string {
  const typed = (platform === 'windows' ? (paths.windows ?? DEFAULT_WINDOWS_FOLDER) : paths.data).trim();
  return typed === '' ? { linux: '/', windows: DEFAULT_WINDOWS_FOLDER }[platform] : typed;
}

/**
 * Connects to one server of a draft and looks at it once; nothing is changed there. A new host key is remembered only when its fingerprint is
 * `accept`, the one that the admin has compared.
 */
export async function testServer(context: WindowContext, draft: Draft, index: number, accept: string | null): Promise<ServerTest> {
  const subject = serverSubject(draft.servers[index]?.name ?? '');
  try {
    const server = specOfDraft(onlyServer(draft, index), context.files).servers[index];
    if (server === undefined) throw new Error(`there is no server ${index}`);
    const endpoint = { address: server.ssh.host, port: server.ssh.port };
    const secrets = await secretsOfServer(server, {
      environment: environmentOf(context, draft.id),
      onSecret: (secret) => context.platform.hideSecret(secret),
    });
    const known = await context.withKnownHosts(async (hosts) => Promise.resolve(hosts.keyOf(endpoint)));
    let fresh: HostKey | null = null;
    const pin = server.ssh.hostKey ?? accept;
    const expected = known ?? (pin === null ? null : { type: null, fingerprint: pin });
    try {
      const host = await connectHost({
        server: server.name,
        endpoint,
        ...secrets,
        hostKey: {
          expected,
          acceptsNew: false,
          onNew: (key) => {
            fresh = key;
          },
        },
        deadlineMs: TEST_DEADLINE_MS,
        helperProgram: async () => (await findWindowsHelper(context.bundles))?.bytes ?? null,
      });
      try {
        const facts = await host.observe(
          {
            paths: [],
            contentOf: [],
            units: [],
            ports: [],
            disks: [dataRootOf(draft, host.platform)],
            // On Windows every service has an account of its own.
            serviceUser: host.platform === 'windows' ? '' : SERVICE_USER,
            serviceFolders: [],
            logs: [],
            firewallTag: 'triad:test',
          },
          { deadlineMs: TEST_DEADLINE_MS },
        );
        if (known === null) await context.withKnownHosts(async (hosts) => hosts.accept(endpoint, fresh ?? facts.hostKey));
        return {
          kind: 'reached',
          glimpse: glimpseOf(facts, host.platform, known === null && server.ssh.hostKey === null ? 'accepted' : 'known'),
        };
      } finally {
        await host.close();
      }
    } catch (error) {
      const failure = failureOf(error, subject);
      const offered = { type: String(failure.values['type'] ?? ''), fingerprint: String(failure.values['fingerprint'] ?? '') };
      if (failure.code === 'ssh.hostKeyUnknown')
        return {
          kind: 'keyUnknown',
          hostKey: offered,
          // Where its file lies, to compare it with.
          platform: (await lookAtPlatform(endpoint, LOOK_DEADLINE_MS)) ?? server.platform ?? 'linux',
        };
      if (failure.code === 'ssh.hostKeyChanged' && known !== null) return { kind: 'keyChanged', expected: known, offered };
      throw error;
    }
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error, subject) };
  }
}

/** Forgets the accepted key of a server, if it is still the one that the admin saw. */
export async function forgetKey(context: WindowContext, draft: Draft, index: number, fingerprint: string): Promise<void> {
  const server = specOfDraft(onlyServer(draft, index), context.files).servers[index];
  if (server === undefined) return;
  const endpoint = { address: server.ssh.host, port: server.ssh.port };
  await context.withKnownHosts(async (hosts) => {
    const known = hosts.keyOf(endpoint);
    if (known === null || known.fingerprint !== fingerprint)
      throw fail('ssh.hostKeyChanged', serverSubject(server.name), {
        values: { expected: fingerprint, fingerprint: known?.fingerprint ?? '', type: known?.type ?? '' },
      });
    await hosts.forget(formatEndpoint(endpoint));
  });
}
