import type { ServerFacts } from '../shared/domain/server.ts';
import type { ServerBlueprint } from './blueprint.ts';
import { foundAt } from './compareFile.ts';
import { parseManifest, type InstallManifest } from './manifest.ts';
import { unitPathOf } from './serverPaths.ts';

function ownFolders({ folders }: InstallManifest): readonly string[] {
  return [folders.configuration, folders.data, folders.logs].flatMap((one) => one.slice(0, 1));
}

/**
 * The folders in which this cluster is installed on a server while its blueprint names others; empty where it is in its planned folders, or not
 * installed. The manifest tells, and where none lies in the planned folder the unit that rotates the logs: its place and name follow from the
 * cluster's name alone, and it names the folder of the installation. `before.json` cannot tell: its own place is one of the paths.
 */
export function installedElsewhere(blueprint: ServerBlueprint, facts: ServerFacts): readonly string[] {
  const planned = ownFolders(blueprint.manifest);
  const manifest = parseManifest(foundAt(facts, blueprint.manifestPath)?.content ?? '');
  const installed =
    manifest === null
      ? blueprint.passiveUnits.flatMap((unit) => {
          const content = foundAt(facts, unitPathOf(unit))?.content ?? '';
          return /^ExecStart=\/bin\/sh (\/.+)\/rotate-logs\.sh$/mu.exec(content)?.slice(1) ?? [];
        })
      : ownFolders(manifest);
  return installed.filter((folder) => !planned.includes(folder));
}
