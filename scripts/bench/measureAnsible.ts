import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { closeSshConnections } from '../practice/closeSshConnections.ts';
import { passwordVariable, type Bench, type Finding } from './bench.ts';
import { BenchError } from './benchError.ts';
import { proveCluster } from './proveCluster.ts';
import { lastWordsOf, runTimed } from './timedProgram.ts';

const playbookFolder = fileURLToPath(new URL('ansible', import.meta.url));
/** Redis needs some seconds more after the playbook's end; they are not counted. */
const proveWithinMs = 15_000;

/** How Ansible is used: as it comes, with pipelining, and with the one setting of Redis that keeps replicas from waiting. */
export const ansibleKinds = {
  ansible: { pipelining: false, syncAtOnce: false },
  ansiblePipelining: { pipelining: true, syncAtOnce: false },
  ansibleSyncAtOnce: { pipelining: true, syncAtOnce: true },
} as const;
export type AnsibleKind = keyof typeof ansibleKinds;

/** Runs the playbook against fresh servers; from the command to its end, when three replicas are in sync. */
export async function measureAnsible(kind: AnsibleKind, bench: Bench, round: number): Promise<Finding> {
  const { pipelining, syncAtOnce } = ansibleKinds[kind];
  const folder = join(bench.folder, `${kind}-${round}`);
  const controlFolder = join(bench.folder, `cp-${kind}-${round}`);
  await mkdir(folder);
  const inventory = join(folder, 'inventory.yaml');
  await writeFile(inventory, await renderInventory(bench), { mode: 0o600 });
  try {
    const args = ['-i', inventory, join(playbookFolder, 'site.yml'), ...(syncAtOnce ? ['-e', 'redis_sync_at_once=true'] : [])];
    const run = await runTimed('ansible-playbook', args, {
      signal: bench.signal,
      env: {
        ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ANSIBLE_'))),
        // Ansible refuses to work in a locale that is not UTF-8.
        LC_ALL: 'C.UTF-8',
        ANSIBLE_CONFIG: join(playbookFolder, 'ansible.cfg'),
        ANSIBLE_HOME: folder,
        ANSIBLE_SSH_CONTROL_PATH_DIR: controlFolder,
        ANSIBLE_NOCOLOR: '1',
        ...(pipelining ? { ANSIBLE_PIPELINING: '1' } : {}),
        [passwordVariable]: bench.password,
      },
    });
    if (run.code !== 0) throw new BenchError(`The playbook failed:\n${lastWordsOf(run)}`);
    const addresses = bench.set.servers.map(({ address }) => address);
    const provedAfterMs = await proveCluster(addresses, bench.password, proveWithinMs);
    return { figures: { [kind]: run.wallMs }, details: { provedAfterMs } };
  } finally {
    await closeSshConnections(controlFolder);
  }
}

/** Servers and variables for the playbook, with the unpacked programs laid out where it takes them from. */
async function renderInventory({ set, bundle, folder }: Bench): Promise<string> {
  const programs = join(folder, 'programs');
  await mkdir(programs, { recursive: true });
  for (const file of bundle.files) {
    const target = join(programs, file.name);
    await writeFile(target, gunzipSync(file.gzip));
    await chmod(target, 0o755);
  }
  return stringify({
    all: {
      vars: {
        ansible_ssh_common_args: `-F '${set.place.sshConfigFile}'`,
        redis_programs: programs,
        redis_password: `{{ lookup('ansible.builtin.env', '${passwordVariable}') }}`,
      },
      hosts: Object.fromEntries(set.servers.map(({ name, address }) => [name, { redis_address: address }])),
    },
  });
}
