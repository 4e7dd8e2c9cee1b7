import type { ClusterPlan } from '../../shared/domain/plan.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { ANSIBLE_GROUP, ANSIBLE_PASSWORD } from './playbook.ts';
import { octal } from './shellParts.ts';

/** A text as YAML takes it, whatever it holds; Ansible is told where it must not look for its own language in it. */
export function yamlText(text: string): string {
  // What JSON escapes is YAML, too; what only YAML takes for the end of a line is escaped here.
  const quoted = JSON.stringify(text).replaceAll(
    /[\u0085\u2028\u2029\uFEFF]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.includes('{') ? `!unsafe ${quoted}` : quoted;
}

/** The three servers and the way in; no secret, and no key of this machine. */
export function renderInventory(plan: ClusterPlan): string {
  const hosts = plan.servers.map(
    ({ name, ssh }) => `        ${yamlText(name)}:
          ansible_host: ${yamlText(ssh.host)}
          ansible_port: ${ssh.port}
          ansible_user: ${yamlText(ssh.user)}
`,
  );
  return `# The servers of the cluster ${plan.cluster}. Keys and passwords to log in with are yours: --private-key, -k, -K, or a vault.
all:
  children:
    ${ANSIBLE_GROUP}:
      hosts:
${hosts.join('')}`;
}

/** Everything that is the same on all three servers: what the playbook makes. */
export function renderGroupVariables(plan: ClusterPlan, blueprint: ServerBlueprint): string {
  const { folders, binaries, files, kernel, services, user, firewall } = blueprint;
  const auth = files.find(({ holdsSecret }) => holdsSecret);
  const place = ({ path, owner, group, mode }: { path: string; owner: string; group: string; mode: number }): string =>
    `{ path: ${path}, owner: ${owner}, group: ${group}, mode: '${octal(mode)}' }`;
  const list = (name: string, items: readonly string[]): string => `${name}:\n${items.map((item) => `  - ${item}\n`).join('')}`;
  return [
    `# The cluster ${plan.cluster}, as Triad planned it. What differs from server to server lies in files/servers/NAME.`,
    '',
    '# Never in a file as it is: from the environment, or from a file of ansible-vault, which goes before this line.',
    `${ANSIBLE_PASSWORD.variable}: "{{ lookup('ansible.builtin.env', '${ANSIBLE_PASSWORD.environment}') }}"`,
    '',
    `cluster_user: ${user}`,
    `cluster_firewall: ${firewall.length > 0}`,
    auth === undefined ? '' : `cluster_auth: ${place(auth)}`,
    list(
      'cluster_shared_folders',
      folders.filter(({ keepsFound }) => keepsFound === true).map(({ path }) => path),
    ),
    list('cluster_folders', folders.filter(({ keepsFound }) => keepsFound !== true).map(place)),
    list(
      'cluster_programs',
      binaries.map(
        ({ path, mode, sha256 }) =>
          `{ name: ${path.split('/').at(-1) ?? path}, path: ${path}, mode: '${octal(mode)}', sha256: ${yamlText(sha256)} }`,
      ),
    ),
    list('cluster_files', files.filter(({ holdsSecret }) => !holdsSecret).map(place)),
    list(
      'cluster_kernel',
      kernel.map(({ path, value }) => `{ path: ${path}, value: ${yamlText(value)} }`),
    ),
    list(
      'cluster_units',
      services.map(({ unit }) => unit),
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
