import { BUNDLED_SERVICE_PROGRAM } from '../../shared/domain/configBundle.ts';
import { excludeCommand } from '../../shared/domain/defender.ts';
import { formationFromScratch, formatClusterCommand, type ClusterCommand } from '../../shared/domain/formation.ts';
import { distributionOn, placesOn, type ClusterPlan, type NodeSpec } from '../../shared/domain/plan.ts';
import { nameOf } from '../../shared/domain/serverPath.ts';
import type { BlueprintService, ServerBlueprint } from '../blueprint.ts';
import { FRONT_ENDS } from '../firewall/frontEndCommands.ts';
import { windowsNodeFiles } from '../windows/nodeFiles.ts';
import type { Access } from '../windows/windowsAccess.ts';
import { bundledFilePath } from './bundledFilePath.ts';

/** The access list of a file or folder of a blueprint, as text in Microsoft's form (SDDL). */
export type AccessListOf = (access: Access, kind: 'file' | 'folder') => string;

/** How long the start of a node may take, milliseconds: above the 60 s that its service waits for Redis to answer. */
const START_MS = 75_000;

/** How Triad's own program for Windows servers is called in a bundle; on a server a part of its hash is in its name. */
const IN_BUNDLE = nameOf(BUNDLED_SERVICE_PROGRAM);

/** Lines as cmd wants them: with others it may not find a label. */
function script(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A line, after which everything ends where it has failed. Not by `||`: Wine's cmd, which tries these files, takes that for a failure whatever the line says. */
const orFail = (command: string): readonly string[] => [command, 'if not "%ERRORLEVEL%"=="0" exit /b 1'];
/** The same of a part of this file. */
const calls = (words: string): readonly string[] => orFail(`call :${words}`);

/** Where the bundle has a file, in Windows' words. */
const bundled = (server: string, file: { readonly path: string; readonly holdsSecret: boolean }): string =>
  bundledFilePath(server, file).replaceAll('/', '\\');

/** Made where they are missing; one that may be another program's keeps its access list. */
function folderCommands({ folders }: ServerBlueprint, accessListOf: AccessListOf): readonly string[] {
  return folders.flatMap((folder) =>
    calls(`${folder.keepsFound === true ? 'kept' : 'own'} ${folder.path} "${accessListOf(folder, 'folder')}"`),
  );
}

function programCommands({ binaries }: ServerBlueprint, helper: string): readonly string[] {
  const nameIn = (path: string): string => (path === helper ? IN_BUNDLE : nameOf(path));
  return binaries.flatMap(({ path, sha256 }) => calls(`program ${nameIn(path)} ${path} ${sha256}`));
}

function fileCommands({ server, files }: ServerBlueprint): readonly string[] {
  return files.filter(({ holdsSecret }) => !holdsSecret).flatMap((file) => orFail(`copy /b /y ${bundled(server, file)} ${file.path} >nul`));
}

/** The password of a node: for Redis in its own words, and for the service in plain ones. The sign for a file stands first, or a digit at the end would count as its number. */
function secretCommands(nodes: readonly NodeSpec[]): readonly string[] {
  return nodes
    .map(windowsNodeFiles)
    .flatMap(({ auth, servicePassword }) => [
      ...orFail(`>${auth} echo requirepass "%PASSWORD%"`),
      ...orFail(`>>${auth} echo masterauth "%PASSWORD%"`),
      ...orFail(`>${servicePassword} echo %PASSWORD%`),
    ]);
}

function accessCommands({ files, binaries }: ServerBlueprint, accessListOf: AccessListOf): readonly string[] {
  const administrators = { owner: 'Administrators', group: 'Administrators' } as const;
  return [...binaries.map(({ path, mode }) => ({ path, mode, ...administrators })), ...files].flatMap((file) =>
    orFail(`%HELPER% acl ${file.path} "${accessListOf(file, 'file')}" >nul`),
  );
}

/** Deleting a rule that is not there is a failure for netsh, and none here. */
function firewallCommands({ firewall }: ServerBlueprint): readonly string[] {
  return FRONT_ENDS.windows.allow(firewall).flatMap((line) => (line.includes(' delete rule ') ? [`${line} >nul`] : orFail(`${line} >nul`)));
}

/** Has Defender leave folders alone where the plan says so. Where it does not take that, the cluster works all the same: that is said, and the script goes on. */
export function defenderCommands({ exclusions }: ServerBlueprint): readonly string[] {
  if (exclusions.length === 0) return [];
  return [
    String.raw`"%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -Command "${excludeCommand(exclusions)}"`,
    'if not "%ERRORLEVEL%"=="0" echo Microsoft Defender did not take the exclusions.',
  ];
}

/** What the lines above call: a folder of ours or of anybody, a program that is proved where it lies, and the proof itself. */
const CALLED = [
  ':own',
  'if not exist %1 md %1',
  '%HELPER% acl %1 %2 >nul',
  'exit /b %ERRORLEVEL%',
  '',
  ':kept',
  'if exist %1 exit /b 0',
  'goto own',
  '',
  ':program',
  // In quotes: copy would take the plus signs of libstdc++ for its own.
  'if not exist "%2" copy /b "%PROGRAMS%\\%1" "%2" >nul',
  'call :proved %2 %3',
  'exit /b %ERRORLEVEL%',
  '',
  ':proved',
  'set "FOUND="',
  'for /f "skip=1 delims=" %%h in (\'certutil -hashfile %1 SHA256\') do if not defined FOUND set "FOUND=%%h"',
  'if /i "%FOUND: =%"=="%2" exit /b 0',
  'echo %1 is not the program of this bundle: its SHA-256 must be %2',
  'exit /b 1',
] as const;

const beginning = (what: string): readonly string[] => [
  '@echo off',
  `rem ${what}`,
  'rem The password has letters and digits only: cmd reads most other signs in its own way.',
  'setlocal',
];

const needs = (name: string): string => `if not defined ${name} echo ${name} is not set: see README.md`;

/**
 * The batch file that makes one Windows server what its blueprint says, run as an administrator. It lies in the bundle beside the server's files, and finds them
 * from there.
 */
export function installScript(blueprint: ServerBlueprint, nodes: readonly NodeSpec[], accessListOf: AccessListOf): string {
  const helper = blueprint.services.find(hasProgram)?.program ?? '';
  const units = blueprint.services.map(({ definition, unit }) => ({ definition, unit }));
  return script([
    ...beginning(`Makes ${blueprint.server} a server of the Redis Cluster "${blueprint.cluster}". What runs already is left as it is.`),
    needs('PROGRAMS'),
    'if not defined PROGRAMS exit /b 1',
    needs('PASSWORD'),
    'if not defined PASSWORD exit /b 1',
    'cd /d "%~dp0..\\.."',
    '',
    `set HELPER="%PROGRAMS%\\${IN_BUNDLE}"`,
    ...calls(`proved %HELPER% ${blueprint.binaries.find(({ path }) => path === helper)?.sha256 ?? ''}`),
    ...folderCommands(blueprint, accessListOf),
    ...programCommands(blueprint, helper),
    ...fileCommands(blueprint),
    '',
    'rem Its password lies in folders that no other user can read, from the first moment on.',
    ...secretCommands(nodes),
    ...accessCommands(blueprint, accessListOf),
    '',
    'rem The firewall, the services',
    ...firewallCommands(blueprint),
    ...defenderCommands(blueprint),
    ...units.flatMap(({ definition }) => orFail(`${helper} install ${definition} >nul`)),
    ...units.flatMap(({ unit }) => orFail(`${helper} start ${unit} ${START_MS}`)),
    'exit /b 0',
    '',
    ...CALLED,
  ]);
}

function hasProgram(service: BlueprintService): service is BlueprintService & { readonly program: string } {
  return typeof service.program === 'string';
}

/** The client program of a plan on a Windows server. */
export function windowsClientOf(plan: ClusterPlan, server: string): string {
  const { client } = distributionOn(plan, server).programs;
  return placesOn(plan, server).bundle.binaries.find(({ name }) => name === client)?.path ?? client;
}

/** Where a value of CLUSTER INFO is waited for. Redis ends its lines as Windows does, and of that one sign may be left: it is compared without its end. */
const AWAIT = [
  ':await',
  'set "FOUND="',
  'for /f "tokens=1,2 delims=:" %%a in (\'%CLI% -h %1 -p %2 CLUSTER INFO\') do if "%%a"=="%3" set "FOUND=%%b"',
  'if defined FOUND if "%FOUND:~0,1%"=="%4" exit /b 0',
  'ping -n 2 127.0.0.1 >nul',
  'goto await',
] as const;

/** The batch file that joins the six nodes, run once, on any one of the Windows servers of a cluster that has no others. */
export function joinScript(plan: ClusterPlan): string {
  const [first] = plan.servers;
  const nodeOf = (id: string): NodeSpec | undefined => plan.nodes.find((node) => node.id === id);
  const ends = (node: NodeSpec | undefined): string => `${node?.address ?? ''} ${node?.dataPort ?? ''}`;
  const client = (node: NodeSpec | undefined): string => `%CLI% -h ${node?.address ?? ''} -p ${node?.dataPort ?? ''}`;
  const line = (command: ClusterCommand): readonly string[] =>
    command.kind === 'replicate'
      ? orFail(`for /f %%i in ('${client(nodeOf(command.master))} CLUSTER MYID') do ${client(nodeOf(command.node))} CLUSTER REPLICATE %%i`)
      : orFail(`${client(nodeOf(command.node))} ${formatClusterCommand(command, plan)}`);
  const commands = formationFromScratch(plan);
  const isReplicate = ({ kind }: ClusterCommand): boolean => kind === 'replicate';
  // A number of one digit, and the first letter of "ok": what is compared is one sign.
  const waitFor = (name: string, value: string): readonly string[] =>
    plan.nodes.map((node) => `call :await ${ends(node)} ${name} ${value}`);
  return script([
    ...beginning(`Joins the six nodes of the Redis Cluster "${plan.cluster}".`),
    needs('PASSWORD'),
    'if not defined PASSWORD exit /b 1',
    'set "REDISCLI_AUTH=%PASSWORD%"',
    `set "CLI=${windowsClientOf(plan, first?.name ?? '')}"`,
    ...commands.filter((one) => !isReplicate(one)).flatMap(line),
    ...waitFor('cluster_known_nodes', String(plan.nodes.length)),
    ...waitFor('cluster_state', 'o'),
    ...commands.filter(isReplicate).flatMap(line),
    'exit /b 0',
    '',
    ...AWAIT,
  ]);
}
