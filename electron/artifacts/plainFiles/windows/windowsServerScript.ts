import { createHash } from 'node:crypto';
import { nodesOnServer, placesOn, type ClusterPlan, type NodeSpec } from '../../../shared/domain/plan.ts';
import type { PlainFile } from '../../../shared/domain/plainExport.ts';
import type { BlueprintService, ServerBlueprint } from '../../blueprint.ts';
import { bundledFilePath } from '../../bundle/bundledFilePath.ts';
import { defenderCommands, type AccessListOf } from '../../bundle/windowsScripts.ts';
import { FRONT_ENDS } from '../../firewall/frontEndCommands.ts';
import { sha256Of } from '../../manifest.ts';
import { windowsNodeFiles } from '../../windows/nodeFiles.ts';
import { batchHead, batchText, call, orEnd, refuse, runMain } from './batchParts.ts';
import { serverParts } from './serverParts.ts';
import {
  accessOfProgram,
  AUTH_PARTS,
  authParts,
  backslashed,
  exportedProgram,
  isOthers,
  LISTS,
  stageFolderOf,
  windowsServerFiles,
} from './windowsServerFiles.ts';

/** What the script is made from. */
interface Room {
  readonly plan: ClusterPlan;
  readonly blueprint: ServerBlueprint;
  readonly nodes: readonly NodeSpec[];
  readonly accessListOf: AccessListOf;
}

function helperOf({ services }: ServerBlueprint): string {
  const program = services.find((one): one is BlueprintService & { readonly program: string } => typeof one.program === 'string')?.program;
  if (program === undefined) throw new Error('the programs for Windows servers have none that runs a service');
  return program;
}

/** Every file of the folder that this server gets is what Triad wrote, before anything else is believed of it. Its own program is proved by Windows, the rest by it. */
function proofs({ blueprint, accessListOf }: Room): readonly string[] {
  const { server, binaries, files } = blueprint;
  const helper = helperOf(blueprint);
  const text = ({ path, bytes }: PlainFile): readonly [string, string] => [
    backslashed(path),
    createHash('sha256').update(bytes).digest('hex'),
  ];
  const lists = windowsServerFiles(blueprint, accessListOf).filter(({ path }) => Object.values(LISTS).some((of) => of(server) === path));
  const wanted = [
    ...binaries.filter(({ path }) => path !== helper).map(({ path, sha256 }): readonly [string, string] => [exportedProgram(path), sha256]),
    ...[...lists, ...authParts()].map(text),
    ...files
      .filter(({ holdsSecret }) => !holdsSecret)
      .map((file): readonly [string, string] => [backslashed(bundledFilePath(server, file)), sha256Of(file.content)]),
  ];
  return [
    'rem What was damaged or changed on its way here is not installed.',
    ...call(`proved_by_windows %HELPER% ${binaries.find(({ path }) => path === helper)?.sha256 ?? ''}`),
    '%HELPER% stage "%WORK%" >nul',
    `if not "%ERRORLEVEL%"=="0" ${refuse('no folder for administrators can be made: run this as an administrator, with all rights.')}`,
    'if not "%ERRORLEVEL%"=="0" exit /b 1',
    ...call('password'),
    ...wanted.flatMap(([file, sha256]) => call(`proved "${file}" ${sha256}`)),
  ];
}

/** What is refused before anything is changed; the same as `check.sh` on Linux. */
function checks({ blueprint, nodes }: Room): readonly string[] {
  return [
    'rem Nothing was changed until here, and nothing is where one of these refuses: another machine, a port of others, data of another configuration.',
    ...nodes.flatMap((node) => {
      const content = blueprint.files.find(({ path }) => path === node.configFile)?.content ?? '';
      const { unit, configFile, dataFolder, address, dataPort, busPort } = node;
      return call(`check_node ${unit} "${configFile}" ${sha256Of(content)} "${dataFolder}" ${address} ${dataPort} ${busPort}`);
    }),
    ...nodes.flatMap((node) => call(`check_password "${windowsNodeFiles(node).servicePassword}"`)),
  ];
}

/** The password for Redis and for the service, in a folder that only administrators can open. */
const SECRETS: readonly string[] = [
  '<nul >"%WORK%\\plain" set /p "=%TRIAD_SECRET%"',
  '>"%WORK%\\auth.conf" type ' + backslashed(AUTH_PARTS.before),
  '>>"%WORK%\\auth.conf" type "%WORK%\\plain"',
  '>>"%WORK%\\auth.conf" type ' + backslashed(AUTH_PARTS.between),
  '>>"%WORK%\\auth.conf" type "%WORK%\\plain"',
  '>>"%WORK%\\auth.conf" type ' + backslashed(AUTH_PARTS.behind),
  '>"%WORK%\\auth.txt" type "%WORK%\\plain"',
  '>>"%WORK%\\auth.txt" type ' + backslashed(AUTH_PARTS.lineEnd),
  ...call('hash "%WORK%\\auth.conf" AUTH_CONF'),
  ...call('hash "%WORK%\\auth.txt" AUTH_TXT'),
];

function folderLines({ plan, blueprint, accessListOf }: Room): readonly string[] {
  const { server, folders } = blueprint;
  const { bin } = placesOn(plan, server).folders;
  return [
    ...folders.filter(isOthers).flatMap((one) => call(`others_folder "${one.path}" "${accessListOf(one, 'folder')}"`)),
    ...folders.filter((one) => !isOthers(one)).flatMap(({ path }) => call(`folder "${path}"`)),
    `%HELPER% folders - <${backslashed(LISTS.folders(server))} >"%WORK%\\answer"`,
    ...call('must_be_done'),
    'rem Whoever could write there before could have left a library that the programs would take.',
    `for /f "delims=" %%f in ('dir /b /a "${bin}"') do call :known_program "%%f"`,
    `if defined STRANGER ${refuse(`${bin} holds what is not of Triad: see what it is, and take it away.`)}`,
    'if defined STRANGER exit /b 1',
  ];
}

function fileLines({ plan, blueprint, nodes, accessListOf }: Room): readonly string[] {
  const { server, binaries, files, manifestPath } = blueprint;
  const stage = stageFolderOf(placesOn(plan, server).folders.roots.install);
  const listOf = (file: Parameters<AccessListOf>[0]): string => `"${accessListOf(file, 'file')}"`;
  return [
    'rem A file that is not of Triad keeps a second name, with .triad-before at its end.',
    'set "HOW=keep"',
    `if exist "${manifestPath}" set "HOW=replace"`,
    ...orEnd(`%HELPER% stage "${stage}" >nul`),
    'set "STAGED=yes"',
    ...binaries.flatMap((one) =>
      call(`put "${exportedProgram(one.path)}" "${one.path}" ${one.sha256} ${listOf(accessOfProgram(one))} replace`),
    ),
    ...files
      .filter(({ holdsSecret }) => !holdsSecret)
      .flatMap((file) =>
        call(`put "${backslashed(bundledFilePath(server, file))}" "${file.path}" ${sha256Of(file.content)} ${listOf(file)} %HOW%`),
      ),
    ...nodes.flatMap((node) => {
      const { auth, servicePassword } = windowsNodeFiles(node);
      const accessOf = (path: string): string => {
        const file = files.find((one) => one.path === path);
        if (file === undefined) throw new Error(`no access is planned for ${path}`);
        return listOf(file);
      };
      return [
        ...call(`put "%WORK%\\auth.conf" "${auth}" %AUTH_CONF% ${accessOf(auth)} replace`),
        ...call(`put "%WORK%\\auth.txt" "${servicePassword}" %AUTH_TXT% ${accessOf(servicePassword)} replace`),
      ];
    }),
    ...call('place'),
    `%HELPER% acl - <${backslashed(LISTS.access(server))} >"%WORK%\\answer"`,
    ...call('must_be_done'),
  ];
}

function firewallLines({ blueprint: { firewall } }: Room): readonly string[] {
  return firewall.flatMap((rule) =>
    FRONT_ENDS.windows
      .allow([rule])
      .filter((line) => line.includes(' add rule '))
      .flatMap((line) => call(`let_in ${rule.id} "${line.replace(/^netsh\.exe /u, '')}"`)),
  );
}

/**
 * The batch file that makes one Windows server what its blueprint says, run as an administrator in the folder where it lies. Whatever the words of a plan are, they
 * hold no sign that cmd reads in its own way: names, folders and users of services are checked where a specification is read.
 */
export function renderWindowsServerScript(plan: ClusterPlan, blueprint: ServerBlueprint, accessListOf: AccessListOf): string {
  const { server, services } = blueprint;
  const room: Room = { plan, blueprint, nodes: nodesOnServer(plan, server), accessListOf };
  const address = plan.servers.find(({ name }) => name === server)?.address ?? '';
  const stage = stageFolderOf(placesOn(plan, server).folders.roots.install);
  return batchText([
    ...batchHead([
      `Makes ${server} (${address}) what the cluster ${plan.cluster} needs, and starts its nodes. Does what is missing, and nothing twice.`,
      'Run it as an administrator. The cluster is formed afterwards, once.',
      `Run it so: install-${server}.cmd PASSWORD-FILE`,
    ]),
    `set "WORK=%SystemRoot%\\Temp\\triad-${plan.cluster}"`,
    `set "HELPER=${exportedProgram(helperOf(blueprint))}"`,
    ...['CHANGED', 'RUNNING', 'STAGED', 'STRANGER'].map((name) => `set "${name}="`),
    'set "WAITING=0"',
    ...runMain(['if exist "%WORK%" rd /s /q "%WORK%"', `if defined STAGED if exist "${stage}" rd /s /q "${stage}"`]),
    '',
    ':main',
    `if /i not "%PROCESSOR_ARCHITECTURE%"=="AMD64" ${refuse('the programs are for x64, and this is %PROCESSOR_ARCHITECTURE%.')}`,
    'if /i not "%PROCESSOR_ARCHITECTURE%"=="AMD64" exit /b 1',
    ...proofs(room),
    ...SECRETS,
    ...checks(room),
    '',
    ...folderLines(room),
    ...fileLines(room),
    ...defenderCommands(blueprint),
    ...firewallLines(room),
    ...services.flatMap(({ unit, definition }) => call(`service ${unit} "${definition}"`)),
    `if not defined CHANGED echo Everything is as it must be: nothing was changed on ${server}.`,
    'exit /b 0',
    '',
    ...serverParts({ binaries: blueprint.binaries, helper: helperOf(blueprint), stage }),
  ]);
}
