import type { Change } from '../shared/domain/change.ts';
import { excludeCommand, includeCommand } from '../shared/domain/defender.ts';
import { experimentalRedisOf } from '../shared/domain/experimentalRedis.ts';
import { FORMING_NODE_TIMEOUT_MS, formatClusterCommand } from '../shared/domain/formation.ts';
import { lostServersOf } from '../shared/domain/lostServers.ts';
import { missingCommands } from '../shared/domain/missingCommands.ts';
import { ownerOfPrograms } from '../shared/domain/ownerOfPrograms.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { isWindowsPath } from '../shared/domain/serverPath.ts';
import { accessWords } from '../shared/messages/accessWords.ts';
import { message, say } from '../shared/messages/message.ts';
import type { Style } from './style.ts';

function mode(bits: number): string {
  return bits.toString(8).padStart(4, '0');
}

function block(text: string, style: Style): readonly string[] {
  return text
    .replace(/\n$/u, '')
    .split('\n')
    .map((line) => {
      const shown = line.startsWith('+') ? style.green(line) : line.startsWith('-') ? style.red(line) : style.dim(line);
      return `        ${shown}`;
    });
}

/** Owner, group and mode, or on a Windows server who may do what. */
function ownedText(change: Parameters<typeof accessWords>[0]): string {
  return isWindowsPath(change.path) ? accessWords(change) : `${change.owner}:${change.group} ${mode(change.mode)}`;
}

function programText({ path, mode: bits, sizeBytes, sha256 }: Extract<Change, { kind: 'binary' }>): string {
  return `${ownedText({ path, mode: bits, ...ownerOfPrograms(path) })}  ${(sizeBytes / 1024 ** 2).toFixed(1)} MiB  sha256 ${sha256}`;
}

function changeLines(change: Change, style: Style): readonly string[] {
  switch (change.kind) {
    case 'user':
      return [`    + ${say(message('cli.plan.user', { user: change.user }))}`];
    case 'folder':
      return [`    ${change.exists ? '~' : '+'} ${change.path}${isWindowsPath(change.path) ? '\\' : '/'}  ${style.dim(ownedText(change))}`];
    case 'binary':
      return [`    + ${change.path}  ${style.dim(programText(change))}`];
    case 'file': {
      const head = `    ${change.action === 'create' ? '+' : '~'} ${change.path}  ${style.dim(`${ownedText(change)}  ${say(change.purpose)}`)}`;
      if (change.action === 'permissions') return [head];
      if (change.holdsSecret) return [head, `        ${style.dim(say(message('cli.plan.secretContent')))}`];
      return [head, ...block(change.diff ?? change.content, style)];
    }
    case 'kernel':
      return [`    ~ ${change.setting}: ${change.before ?? '?'} → ${style.bold(change.after)}  ${style.dim(change.path)}`];
    case 'firewall':
      return [
        `    + ${say(change.summary)}  ${style.dim(change.tool)}`,
        ...change.commands.map((command) => `        ${style.dim(command.replaceAll('\n', '\n        '))}`),
      ];
    case 'defender': {
      const isAdded = change.action === 'exclude';
      const command = isAdded ? excludeCommand([change.path]) : includeCommand([change.path]);
      const words = say(message(isAdded ? 'report.change.windows.exclude' : 'report.change.windows.include', { path: change.path }));
      return [`    ${isAdded ? '+' : '-'} ${words}`, `        ${style.dim(command)}`];
    }
    case 'service':
      return [
        `    ${change.action === 'restart' ? '~' : '+'} ${change.unit}  ${style.dim(say(message(`cli.plan.service.${change.action}`)))}`,
      ];
    case 'removeFile':
      return [`    - ${change.path}`];
    case 'removeFolder':
      return [`    - ${change.path}/${change.withContents ? `  ${style.bold(say(message('cli.plan.withContents')))}` : ''}`];
    case 'disableService':
      return [`    - ${change.unit}  ${style.dim(say(message('cli.plan.disableService')))}`];
    case 'removeUser':
      return [`    - ${say(message('cli.plan.user', { user: change.user }))}`];
  }
}

const GROUPS = [
  ['cli.plan.group.system', ['user', 'removeUser', 'kernel', 'defender']],
  ['cli.plan.group.folders', ['folder', 'removeFolder']],
  ['cli.plan.group.programs', ['binary']],
  ['cli.plan.group.files', ['file', 'removeFile']],
  ['cli.plan.group.firewall', ['firewall']],
  ['cli.plan.group.services', ['service', 'disableService']],
] as const;

/**
 * Everything that would be done on each server and to the cluster, as lines for a terminal. `full` shows the content of every file and every cluster
 * command, and says that nothing was changed; `brief` is what stands above the question whether to begin.
 */
export function planText(record: RunRecord, style: Style, detail: 'full' | 'brief'): string {
  const isFull = detail === 'full';
  const lines: string[] = [];
  for (const { server, changes } of record.plannedChanges.toSorted((a, b) => a.server.localeCompare(b.server))) {
    lines.push('', style.bold(`${server}  ${style.dim(say(message('cli.plan.changes', { count: changes.length })))}`));
    if (changes.length === 0) lines.push(`    ${say(message('cli.plan.asPlanned'))}`);
    for (const [title, kinds] of GROUPS) {
      const chosen = changes.filter((change) => (kinds as readonly string[]).includes(change.kind));
      const shown = chosen.flatMap((change) => (isFull ? changeLines(change, style) : changeLines(change, style).slice(0, 1)));
      if (chosen.length > 0) lines.push(`  ${style.cyan(say(message(title)))}`, ...shown);
    }
  }
  for (const { server, reason } of lostIn(record)) lines.push('', style.bold(server), `    ${reason}`);
  if (record.workflow === 'remove') return lines.join('\n');
  lines.push('', style.bold(say(message('cli.plan.cluster'))), ...clusterLines(record, style, isFull));
  const experiment = experimentalRedisOf(record.plan);
  if (experiment !== null) lines.push('', say(message('windowsArchive.experimental', { name: experiment.name })));
  if (isFull) lines.push('', style.dim(say(message('cli.plan.nothingChanged'))), '');
  return lines.join('\n');
}

/** Servers that could not be looked at, each with the reason. */
function lostIn({ checks }: RunRecord): readonly { readonly server: string; readonly reason: string }[] {
  const lost = lostServersOf(checks, ({ subject }) => subject);
  return checks.flatMap(({ id, subject, observed }) =>
    id === 'server.reached' && subject.kind === 'server' && lost.includes(subject.server)
      ? [{ server: subject.server, reason: say(message('check.unobserved.observed', { reason: say(observed) })) }]
      : [],
  );
}

function clusterLines(record: RunRecord, style: Style, isFull: boolean): readonly string[] {
  const lost = lostIn(record).map(({ server }) => server);
  // The nodes there may have to meet or to copy again; nobody can tell.
  if (lost.length > 0) return [`    ${say(message('cli.plan.unknown', { servers: lost.join(', ') }))}`];
  const commands = missingCommands(record);
  if (commands.length === 0) return [`    ${say(message('cli.plan.asPlanned'))}`];
  if (!isFull) return [`    ${say(message('cli.plan.commands', { count: commands.length }))}`];
  const values = { while: FORMING_NODE_TIMEOUT_MS, after: record.plan.settings.nodeTimeoutMs };
  return [
    `    ${style.dim(say(message('cli.plan.forming', values)))}`,
    ...commands.map((command) => `    ${command.node.padEnd(24)} ${formatClusterCommand(command, record.plan)}`),
  ];
}
