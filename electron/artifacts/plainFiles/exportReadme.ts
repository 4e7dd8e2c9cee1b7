import type { ClusterPlan } from '../../shared/domain/plan.ts';
import type { ExportKind } from '../../shared/domain/plainExport.ts';
import { message, say } from '../../shared/messages/message.ts';
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

function shellSteps(plan: ClusterPlan): Readonly<Record<'copy' | 'install' | 'form', string>> {
  const folder = `triad-${plan.cluster}`;
  const [first] = plan.servers;
  const run = (server: ClusterPlan['servers'][number], script: string): string =>
    `${sshTo(server)} 'cd ${folder} && sudo sh ${script} --password-file -' < PASSWORD-FILE`;
  return {
    copy: indented(plan.servers.map((server) => `tar -c . | ${sshTo(server)} 'mkdir -p ${folder} && tar -x -C ${folder}'`)),
    install: indented(plan.servers.map((server) => run(server, `install-${server.name}.sh`))),
    form: indented(first === undefined ? [] : [run(first, 'form-cluster.sh')]),
  };
}

/** What lies in a plain export and how it is run. English for everybody, like all that outlives the reader's language. */
export function renderExportReadme(kind: ExportKind, plan: ClusterPlan, triadVersion: string): string {
  const [node] = plan.nodes;
  const values = {
    cluster: plan.cluster,
    version: triadVersion,
    engine: plan.engine,
    engineVersion: plan.version,
    servers: plan.servers.map(({ name, address }) => `- ${name} (${address})`).join('\n'),
    licence: plan.bundle.licence,
    source: plan.bundle.sourceArchive,
    check: indented([
      `${plan.folders.bin}/${plan.engine}-cli -h ${node?.address ?? ''} -p ${node?.dataPort ?? ''} --askpass cluster nodes`,
    ]),
  };
  const firewall = say(message(plan.firewall.manage ? 'change.readme.export.firewall' : 'change.readme.export.noFirewall'));
  switch (kind) {
    case 'ansible':
      return say(message('change.readme.export.ansible', { ...values, firewall }));
    case 'shell':
      return say(message('change.readme.export.shell', { ...values, ...shellSteps(plan), firewall }));
  }
}
