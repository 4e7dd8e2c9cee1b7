import { placesOn, platformOf, type ClusterPlan } from '../../shared/domain/plan.ts';
import type { ExportKind } from '../../shared/domain/plainExport.ts';
import { message, say } from '../../shared/messages/message.ts';
import { windowsClientOf } from '../bundle/windowsScripts.ts';
import { shellWord } from './shellParts.ts';

function indented(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}

/** The command that logs in to a server, and nothing else. */
function sshTo({ ssh }: ClusterPlan['servers'][number]): string {
  const port = ssh.port === 22 ? '' : ` -p ${ssh.port}`;
  // A user's name may begin like an option.
  const end = ssh.user.startsWith('-') ? ' --' : '';
  return `ssh${port}${end} ${shellWord(`${ssh.user}@${ssh.host}`)}`;
}

/** The lines that copy the folder to a server, and that run a script in it with the password on the standard input. */
function linesOf(
  cluster: string,
  server: ClusterPlan['servers'][number],
): { readonly copy: string; readonly run: (script: string) => string } {
  const folder = `triad-${cluster}`;
  if (server.platform === 'windows') {
    const port = server.ssh.port === 22 ? '' : ` -P ${server.ssh.port}`;
    return {
      copy: `scp -r${port} FOLDER ${shellWord(`${server.ssh.user}@${server.ssh.host}:${folder}`)}`,
      // Both cmd and PowerShell, whichever the server's sshd starts, take this for the file.
      run: (script) => `${sshTo(server)} "${folder}\\${script}.cmd -" < PASSWORD-FILE`,
    };
  }
  return {
    copy: `tar -c . | ${sshTo(server)} 'mkdir -p ${folder} && tar -x -C ${folder}'`,
    run: (script) => `${sshTo(server)} 'cd ${folder} && sudo sh ${script}.sh --password-file -' < PASSWORD-FILE`,
  };
}

function shellSteps(plan: ClusterPlan): Readonly<Record<'copy' | 'install' | 'form', string>> {
  const joins = plan.servers.find(({ platform }) => platform === 'linux') ?? plan.servers[0];
  return {
    copy: indented(plan.servers.map((server) => linesOf(plan.cluster, server).copy)),
    install: indented(plan.servers.map((server) => linesOf(plan.cluster, server).run(`install-${server.name}`))),
    form: indented(joins === undefined ? [] : [linesOf(plan.cluster, joins).run('form-cluster')]),
  };
}

/** What only a set with Windows servers has, where the README differs by whether it has Linux servers, too. */
function windowsWords(
  plan: ClusterPlan,
): Readonly<Record<'windows' | 'windowsSource' | 'windowsSha256' | 'mixed' | 'join' | 'where', string>> {
  const own = plan.servers.filter(({ platform }) => platform === 'windows');
  const isMixed = own.length < plan.servers.length;
  const [first] = own;
  const bundle = first === undefined ? plan.bundle : placesOn(plan, first.name).bundle;
  return {
    windows: own.map(({ name }) => name).join(', '),
    windowsSource: bundle.sourceArchive,
    windowsSha256: bundle.sourceSha256,
    mixed: isMixed
      ? say(message('change.readme.export.mixed', { licence: plan.bundle.licence, source: plan.bundle.sourceArchive, engine: plan.engine }))
      : '',
    join: isMixed ? 'form-cluster.sh' : 'form-cluster.cmd',
    where: isMixed ? 'one Linux server' : 'any one of the servers',
  };
}

/** What lies in a plain export and how it is run. English for everybody, like all that outlives the reader's language. */
export function renderExportReadme(kind: ExportKind, plan: ClusterPlan, triadVersion: string): string {
  const hasWindows = plan.servers.some(({ platform }) => platform === 'windows');
  const node = plan.nodes.find(({ server }) => platformOf(plan, server) === 'linux') ?? plan.nodes[0];
  const client =
    node !== undefined && platformOf(plan, node.server) === 'windows'
      ? windowsClientOf(plan, node.server)
      : `${plan.folders.bin}/${plan.engine}-cli`;
  const values = {
    cluster: plan.cluster,
    version: triadVersion,
    engine: plan.engine,
    engineVersion: plan.version,
    servers: plan.servers.map(({ name, address }) => `- ${name} (${address})`).join('\n'),
    licence: plan.bundle.licence,
    source: plan.bundle.sourceArchive,
    check: indented([`${client} -h ${node?.address ?? ''} -p ${node?.dataPort ?? ''} --askpass cluster nodes`]),
  };
  const firewall = say(message(plan.firewall.manage ? 'change.readme.export.firewall' : 'change.readme.export.noFirewall'));
  switch (kind) {
    case 'ansible':
      return say(message('change.readme.export.ansible', { ...values, firewall }));
    case 'shell':
      if (hasWindows)
        return say(message('change.readme.export.batch', { ...values, ...shellSteps(plan), ...windowsWords(plan), firewall }));
      return say(message('change.readme.export.shell', { ...values, ...shellSteps(plan), firewall }));
  }
}
