import { nodesOnServer, type ClusterPlan } from '../../shared/domain/plan.ts';
import { nameOf } from '../../shared/domain/serverPath.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { FRONT_ENDS } from '../firewall/frontEndCommands.ts';
import { windowsNodeFiles } from '../windows/nodeFiles.ts';
import type { Access } from '../windows/windowsAccess.ts';
import { bundledFilePath } from './bundledFilePath.ts';
import { defenderCommands } from './windowsScripts.ts';

const SYSTEM = '*S-1-5-18';
const ADMINISTRATORS = '*S-1-5-32-544';
const USERS = '*S-1-5-32-545';

/** Gives a path to administrators, and to whom its kind of access names beside them. Groups are said by their numbers: their names are in the machine's language. */
function accessCommands(path: string, { owner, group, mode }: Access, kind: 'file' | 'folder'): readonly string[] {
  const inherited = kind === 'folder' ? '(OI)(CI)' : '';
  // As sddlFor has it: to run is more than to read, and a folder is always gone through.
  const reads = kind === 'folder' || (mode & 0o111) !== 0 ? 'RX' : 'R';
  const others: readonly (readonly [who: string, right: string])[] =
    owner !== 'Administrators'
      ? [[owner, 'M']]
      : group !== 'Administrators'
        ? [[group, reads]]
        : (mode & 0o004) === 0
          ? []
          : [[USERS, reads]];
  const grants = [[SYSTEM, 'F'], [ADMINISTRATORS, 'F'], ...others].map(([who = '', right = '']) => `"${who}:${inherited}${right}"`);
  return [`icacls.exe ${path} /setowner ${ADMINISTRATORS}`, `icacls.exe ${path} /inheritance:r /grant:r ${grants.join(' ')}`];
}

/**
 * The lines for cmd.exe that build one Windows server by hand where its nodes are services of their own: with nothing but programs of Windows. The services come first,
 * since their accounts come with them; a folder is closed before anything is written to it.
 */
export function ownServiceSteps(blueprint: ServerBlueprint, plan: ClusterPlan): readonly string[] {
  const { server, folders, binaries, files, firewall, services } = blueprint;
  const auths = nodesOnServer(plan, server).map((node) => windowsNodeFiles(node).auth);
  const programs = { owner: 'Administrators', group: 'Administrators' } as const;
  return [
    ...services.flatMap(({ unit, registration }) =>
      registration === undefined
        ? []
        : [
            `sc.exe create ${unit} binPath= "${registration.imagePath}" start= delayed-auto obj= "${registration.account}" depend= ${registration.dependsOn} DisplayName= "${registration.display}"`,
            `sc.exe description ${unit} "${registration.description}"`,
            `sc.exe failure ${unit} reset= 86400 actions= ${registration.restartPausesMs.map((pauseMs) => `restart/${pauseMs}`).join('/')}`,
            `sc.exe failureflag ${unit} 1`,
            `sc.exe sidtype ${unit} unrestricted`,
          ],
    ),
    ...folders.flatMap((folder) => [
      ...(folder.keepsFound === true ? [`rem The next three only where ${folder.path} is not there: it may be another program's`] : []),
      `if not exist ${folder.path} md ${folder.path}`,
      ...accessCommands(folder.path, folder, 'folder'),
    ]),
    ...binaries.flatMap(({ path, mode, sha256 }) => [
      `copy /b "%PROGRAMS%\\${nameOf(path)}" "${path}"`,
      `rem its SHA-256 must be ${sha256}`,
      `certutil.exe -hashfile ${path} SHA256`,
      ...accessCommands(path, { ...programs, mode }, 'file'),
    ]),
    ...files
      .filter(({ holdsSecret }) => !holdsSecret)
      .flatMap((file) => [
        `copy /b ${bundledFilePath(server, file).replaceAll('/', '\\')} ${file.path}`,
        ...accessCommands(file.path, file, 'file'),
      ]),
    ...auths.flatMap((path) => [`>${path} echo requirepass "%PASSWORD%"`, `>>${path} echo masterauth "%PASSWORD%"`]),
    ...files.filter(({ holdsSecret }) => holdsSecret).flatMap((file) => accessCommands(file.path, file, 'file')),
    ...FRONT_ENDS.windows.allow(firewall),
    ...defenderCommands(blueprint),
    ...services.map(({ unit }) => `sc.exe start ${unit}`),
  ];
}
