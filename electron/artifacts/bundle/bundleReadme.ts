import { BUNDLED_JOIN_SCRIPT, bundledInstallScript } from '../../shared/domain/configBundle.ts';
import { formationFromScratch, formatClusterCommand, type ClusterCommand } from '../../shared/domain/formation.ts';
import type { ClusterPlan, NodeSpec } from '../../shared/domain/plan.ts';
import { distributionOn, isOwnServiceOn, placesOn, platformOf, SERVICE_USER } from '../../shared/domain/plan.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { blueprintFor } from '../serverBlueprint.ts';
import { firewallTagOf } from '../firewall/firewallRules.ts';
import { bundledFilePath } from './bundledFilePath.ts';
import { ownServiceSteps } from './ownServiceSteps.ts';
import { windowsClientOf } from './windowsScripts.ts';

/** What a bundle's README says beside the plan. */
export interface BundleReadmeFacts {
  readonly triadVersion: string;
  readonly madeAt: string;
  readonly isSealed: boolean;
  /** The bundle brings programs that are sold, with a licence file. */
  readonly isCommercial: boolean;
}

function shell(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}

/** Lines for cmd.exe. */
function batch(lines: readonly string[]): string {
  return ['```bat', ...lines, '```'].join('\n');
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

/** The commands of one server: on Windows its batch file, which lies beside its files, or where its nodes are services of their own the lines themselves. */
function stepsOf(plan: ClusterPlan, name: string, triadVersion: string): string {
  const blueprint = blueprintFor(plan, name, { password: '', bundleFiles: new Map(), triadVersion });
  if (isOwnServiceOn(plan, name)) return batch(ownServiceSteps(blueprint, plan));
  return platformOf(plan, name) === 'windows'
    ? batch([bundledInstallScript(name).replaceAll('/', '\\')])
    : shell(serverCommands(blueprint));
}

/** What each kind of server needs, and what is done about its firewall; a kind that the cluster has not is left out. */
function byPlatform(plan: ClusterPlan): { readonly needs: string; readonly firewall: string } {
  const { engine, version: engineVersion } = plan;
  const texts = (platform: Platform): readonly (readonly [needs: Message, firewall: Message])[] => {
    const own = plan.servers.filter((server) => server.platform === platform).map(({ name }) => name);
    const [first] = own;
    if (first === undefined) return [];
    const { licence, sourceArchive: source } = placesOn(plan, first).bundle;
    const servers = own.join(', ');
    const values = { servers, engine, engineVersion, licence, source };
    if (platform === 'linux')
      return [[message('change.readme.bundle.linux', values), message('change.readme.bundle.openLinux', { servers })]];
    const tag = `${firewallTagOf(plan.cluster)}:`;
    const opens = plan.firewall.manage;
    if (isOwnServiceOn(plan, first)) {
      const needs = message('change.readme.bundle.windowsOwnService', { ...values, server: distributionOn(plan, first).programs.server });
      return [[needs, message('change.readme.bundle.ownServiceFirewall', { servers })]];
    }
    return [
      [
        message('change.readme.bundle.windows', { ...values, server: distributionOn(plan, first).programs.server }),
        opens ? message('change.readme.bundle.opensWindows', { servers, tag }) : message('change.readme.bundle.openWindows', { servers }),
      ],
    ];
  };
  const both = [...texts('linux'), ...texts('windows')];
  return { needs: both.map(([needs]) => say(needs)).join(''), firewall: both.map(([, firewall]) => say(firewall)).join('\n\n') };
}

/**
 * The README of a bundle: what it is, what lies where, and the commands that build the same cluster by hand, so that nobody needs Triad for it.
 * English for everybody, like all that outlives the reader's language.
 */
export function renderBundleReadme(plan: ClusterPlan, facts: BundleReadmeFacts): string {
  const servers = plan.servers.map(({ name, address }, index) =>
    say(
      message('change.readme.bundle.server', {
        number: index + 1,
        server: name,
        address,
        commands: stepsOf(plan, name, facts.triadVersion),
      }),
    ),
  );
  const hasWindows = plan.servers.some(({ platform }) => platform === 'windows');
  const isWindows = plan.servers.every(({ platform }) => platform === 'windows');
  const notSealed = hasWindows ? 'change.readme.bundle.notSealedWindows' : 'change.readme.bundle.notSealed';
  const look = '--askpass cluster nodes';
  const [first] = plan.nodes;
  const values = {
    cluster: plan.cluster,
    version: facts.triadVersion,
    madeAt: facts.madeAt,
    engine: plan.engine,
    engineVersion: plan.version,
    servers: plan.servers.map(({ name, address }) => `- ${name} (${address})`).join('\n'),
    sealed: say(message(facts.isSealed ? 'change.readme.bundle.sealed' : notSealed)),
    commercial: facts.isCommercial ? say(message('change.readme.bundle.commercial')) : '',
    steps: servers.join('\n'),
    // The client for Linux speaks to all of them, and its shell can wait.
    where: isWindows ? 'server' : hasWindows ? 'Linux server' : 'server',
    join: isWindows ? batch([BUNDLED_JOIN_SCRIPT]) : shell(clusterCommands(plan)),
    check: isWindows
      ? batch([`${windowsClientOf(plan, first?.server ?? '')} -h ${first?.address ?? ''} -p ${first?.dataPort ?? ''} ${look}`])
      : shell([`${clientOf(plan, first)} ${look}`]),
    ...byPlatform(plan),
  };
  return say(message('change.readme.bundle.text', values));
}
