import { formationFromScratch, formatClusterCommand, type ClusterCommand } from '../../shared/domain/formation.ts';
import type { ClusterPlan, NodeSpec } from '../../shared/domain/plan.ts';
import { SERVICE_USER } from '../../shared/domain/plan.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { blueprintFor } from '../serverBlueprint.ts';
import { bundledFilePath } from './planParts.ts';

/** What a bundle's README says beside the plan. */
export interface BundleReadmeFacts {
  readonly triadVersion: string;
  readonly madeAt: string;
  readonly isSealed: boolean;
}

function shell(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}

function modeOf(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** The commands that make one server what its blueprint says, run as root in the folder where the bundle was unpacked. */
function serverCommands(blueprint: ServerBlueprint): readonly string[] {
  const { server, folders, binaries, files, kernel, services } = blueprint;
  const secrets = files.filter(({ holdsSecret }) => holdsSecret);
  return [
    'set -eu',
    `id ${SERVICE_USER} >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin ${SERVICE_USER}`,
    ...folders.map(({ path, owner, group, mode, keepsFound }) =>
      keepsFound === true
        ? `[ -d ${path} ] || install -d -o ${owner} -g ${group} -m ${modeOf(mode)} ${path}`
        : `install -d -o ${owner} -g ${group} -m ${modeOf(mode)} ${path}`,
    ),
    ...binaries.flatMap(({ path, mode, sha256 }) => [
      `install -o root -g root -m ${modeOf(mode)} "$PROGRAMS/${path.split('/').at(-1) ?? ''}" ${path}`,
      `echo '${sha256}  ${path}' | sha256sum -c -`,
    ]),
    ...files
      .filter(({ holdsSecret }) => !holdsSecret)
      .map((file) => `install -o ${file.owner} -g ${file.group} -m ${modeOf(file.mode)} ${bundledFilePath(server, file)} ${file.path}`),
    ...secrets.map(
      (file) =>
        `printf 'requirepass "%s"\\nmasterauth "%s"\\n' "$PASSWORD" "$PASSWORD" | install -o ${file.owner} -g ${file.group} -m ${modeOf(file.mode)} /dev/stdin ${file.path}`,
    ),
    // In a container these belong to its host.
    ...kernel.map(({ path, value }) => `if [ -w ${path} ]; then echo ${value} >${path}; fi`),
    'systemctl daemon-reload',
    `systemctl enable --now ${services.map(({ unit }) => unit).join(' ')}`,
  ];
}

function clientOf(plan: ClusterPlan, node: NodeSpec | undefined): string {
  return `${plan.folders.bin}/${plan.engine}-cli -h ${node?.address ?? ''} -p ${node?.dataPort ?? ''}`;
}

function clusterCommand(plan: ClusterPlan, command: ClusterCommand): string {
  const nodeOf = (id: string): NodeSpec | undefined => plan.nodes.find((node) => node.id === id);
  const client = clientOf(plan, nodeOf(command.node));
  return command.kind === 'replicate'
    ? `${client} CLUSTER REPLICATE "$(${clientOf(plan, nodeOf(command.master))} CLUSTER MYID)"`
    : `${client} ${formatClusterCommand(command, plan)}`;
}

/** The commands that join the six nodes, run on any one of the servers; they wait for one another as far as they must. */
function clusterCommands(plan: ClusterPlan): readonly string[] {
  const commands = formationFromScratch(plan);
  const waitFor = (what: string): readonly string[] =>
    plan.nodes.map((node) => `until ${clientOf(plan, node)} CLUSTER INFO | grep -q '${what}'; do sleep 1; done`);
  const isReplicate = ({ kind }: ClusterCommand): boolean => kind === 'replicate';
  return [
    'set -eu',
    'export REDISCLI_AUTH="$PASSWORD"',
    ...commands.filter((one) => !isReplicate(one)).map((one) => clusterCommand(plan, one)),
    ...waitFor(`^cluster_known_nodes:${plan.nodes.length}`),
    ...waitFor('^cluster_state:ok'),
    ...commands.filter(isReplicate).map((one) => clusterCommand(plan, one)),
  ];
}

/**
 * The README of a bundle: what it is, what lies where, and the commands that build the same cluster by hand, so that nobody needs Triad for it.
 * English for everybody, like all that outlives the reader's language.
 */
export function renderBundleReadme(plan: ClusterPlan, facts: BundleReadmeFacts): string {
  const servers = plan.servers.map(({ name, address }, index) => {
    const blueprint = blueprintFor(plan, name, { password: '', bundleFiles: new Map(), triadVersion: facts.triadVersion });
    const commands = shell(serverCommands(blueprint));
    return say(message('change.readme.bundle.server', { number: index + 1, server: name, address, commands }));
  });
  const values = {
    cluster: plan.cluster,
    version: facts.triadVersion,
    madeAt: facts.madeAt,
    engine: plan.engine,
    engineVersion: plan.version,
    servers: plan.servers.map(({ name, address }) => `- ${name} (${address})`).join('\n'),
    licence: plan.bundle.licence,
    source: plan.bundle.sourceArchive,
    sealed: say(message(facts.isSealed ? 'change.readme.bundle.sealed' : 'change.readme.bundle.notSealed')),
    steps: servers.join('\n'),
    join: shell(clusterCommands(plan)),
    check: shell([`${clientOf(plan, plan.nodes[0])} --askpass cluster nodes`]),
  };
  return say(message('change.readme.bundle.text', values));
}
