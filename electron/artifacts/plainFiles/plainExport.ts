import { createHash } from 'node:crypto';
import { placesOn, type ClusterPlan, type PlannedBinary } from '../../shared/domain/plan.ts';
import { EXPORT_SUMS, type ExportKind, type PlainFile } from '../../shared/domain/plainExport.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import type { AccessListOf } from '../bundle/windowsScripts.ts';
import { blueprintFor } from '../serverBlueprint.ts';
import { renderCheckScript } from './checkScript.ts';
import { renderExportReadme } from './exportReadme.ts';
import { renderFirewallScript } from './firewallScript.ts';
import { renderFormScript } from './formScript.ts';
import { renderGroupVariables, renderInventory } from './inventory.ts';
import { below, scriptFile, textFile } from './plainFile.ts';
import { ANSIBLE_CFG, ANSIBLE_GROUP, PLAYBOOK, renderAuthTemplate } from './playbook.ts';
import { filePlace, renderServerScript } from './serverScript.ts';
import { renderWindowsFormScript } from './windows/windowsFormScript.ts';
import { authParts, WINDOWS_PROGRAMS, windowsServerFiles } from './windows/windowsServerFiles.ts';
import { renderWindowsServerScript } from './windows/windowsServerScript.ts';

/** What a plain export is made from; nothing else enters it, no clock, no secret. */
export interface PlainExportInput {
  readonly kind: ExportKind;
  readonly plan: ClusterPlan;
  readonly triadVersion: string;
  /** The programs of the plan as they run, by name. */
  readonly programs: ReadonlyMap<string, Uint8Array>;
  /** Their licence texts, by file name; none is known of an admin's own build. */
  readonly licences: ReadonlyMap<string, Uint8Array>;
  /** The access lists of files on Windows servers; handed in, since hosts knows how they are written. */
  readonly accessListOf: AccessListOf;
}

function serverFiles(plan: ClusterPlan, blueprint: ServerBlueprint, accessListOf: AccessListOf): readonly PlainFile[] {
  const { server, files, firewall, platform } = blueprint;
  if (platform === 'windows') return windowsServerFiles(blueprint, accessListOf);
  return [
    scriptFile(`servers/${server}/check.sh`, renderCheckScript(plan, blueprint)),
    ...(firewall.length === 0 ? [] : [scriptFile(`servers/${server}/firewall.sh`, renderFirewallScript(blueprint))]),
    ...files.filter(({ holdsSecret }) => !holdsSecret).map(({ path, content }) => textFile(filePlace(server, path), content)),
  ];
}

/** The programs of both kinds of servers, each kind where its scripts look for it. */
function programFiles({ plan, programs, licences }: PlainExportInput): readonly PlainFile[] {
  const kinds = new Map(plan.servers.map(({ name, platform }) => [platform, placesOn(plan, name).bundle.binaries]));
  const from = (folder: string, binaries: readonly PlannedBinary[]): readonly PlainFile[] =>
    binaries.map(({ name, mode, sha256 }): PlainFile => {
      const bytes = programs.get(name);
      if (bytes === undefined || sha256Of(bytes) !== sha256) throw new Error(`the program ${name} is not that of the plan`);
      return { path: `${folder}/${name}`, bytes, mode };
    });
  return [
    ...from('programs', kinds.get('linux') ?? []),
    // Archives for Windows know nothing of modes.
    ...from(WINDOWS_PROGRAMS, kinds.get('windows') ?? []).map((file) => ({ ...file, mode: 0o644 })),
    ...[...licences].map(([name, bytes]): PlainFile => ({ path: `programs/${name}`, bytes, mode: 0o644 })),
  ];
}

/** The script of each server, and what joins the nodes: with a Linux server among them by its shell. */
function scriptsOf(plan: ClusterPlan, blueprints: readonly ServerBlueprint[], accessListOf: AccessListOf): readonly PlainFile[] {
  const installs = blueprints.map((blueprint) =>
    blueprint.platform === 'windows'
      ? textFile(`install-${blueprint.server}.cmd`, renderWindowsServerScript(plan, blueprint, accessListOf))
      : scriptFile(`install-${blueprint.server}.sh`, renderServerScript(plan, blueprint)),
  );
  return plan.servers.every(({ platform }) => platform === 'windows')
    ? [...installs, textFile('form-cluster.cmd', renderWindowsFormScript(plan))]
    : [...installs, scriptFile('form-cluster.sh', renderFormScript(plan))];
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function filesOf(input: PlainExportInput): readonly PlainFile[] {
  const { kind, plan, triadVersion, accessListOf } = input;
  const blueprints = plan.servers.map(({ name }) => blueprintFor(plan, name, { password: '', bundleFiles: new Map(), triadVersion }));
  const hasWindows = plan.servers.some(({ platform }) => platform === 'windows');
  const shared = [...programFiles(input), ...blueprints.flatMap((blueprint) => serverFiles(plan, blueprint, accessListOf))];
  const readme = textFile('README.md', renderExportReadme(kind, plan, triadVersion));
  switch (kind) {
    case 'shell':
      return [readme, ...shared, ...(hasWindows ? authParts() : []), ...scriptsOf(plan, blueprints, accessListOf)];
    case 'ansible': {
      if (hasWindows) throw new Error('the playbook is for Linux servers');
      const [first] = blueprints;
      return [
        readme,
        textFile('ansible.cfg', ANSIBLE_CFG),
        textFile('inventory.yml', renderInventory(plan)),
        textFile('site.yml', PLAYBOOK),
        textFile('templates/auth.conf.j2', renderAuthTemplate()),
        ...(first === undefined ? [] : [textFile(`group_vars/${ANSIBLE_GROUP}.yml`, renderGroupVariables(plan, first))]),
        ...below('files', [...shared, scriptFile('form-cluster.sh', renderFormScript(plan))]),
      ];
    }
  }
}

/**
 * All files of a plain export, sorted by place: the same input gives the same bytes. Every file for a server is the one that Triad itself would put there,
 * so that Triad can go on from what was built without it. Throws when a program is not that of the plan, and for a playbook that has a Windows server.
 */
export function plainExport(input: PlainExportInput): readonly PlainFile[] {
  const files = filesOf(input).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const sums = files.map(({ path, bytes }) => `${sha256Of(bytes)}  ${path}\n`).join('');
  return [...files, textFile(EXPORT_SUMS, sums)];
}
