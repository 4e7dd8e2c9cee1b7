import { administratorAt } from '../../artifacts/administrator.ts';
import type { ServerBlueprint } from '../../artifacts/blueprint.ts';
import { recordedBefore } from '../../artifacts/beforeRecord.ts';
import { foundAt } from '../../artifacts/compareFile.ts';
import { parseManifest, sha256Of } from '../../artifacts/manifest.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** Every file that install writes, with the SHA-256 that it will have. */
function plannedFiles(blueprint: ServerBlueprint): readonly { readonly path: string; readonly sha256: string }[] {
  return [
    ...blueprint.binaries.map(({ path, sha256 }) => ({ path, sha256 })),
    ...blueprint.files.map(({ path, content }) => ({ path, sha256: sha256Of(content) })),
  ];
}

/** The paths that Triad's manifest on the server names as its own, the manifest included; empty where there is none, or somebody else's of that name. */
function listedFiles(blueprint: ServerBlueprint, facts: ServerFacts): readonly string[] {
  const manifest = parseManifest(foundAt(facts, blueprint.manifestPath)?.content ?? '');
  if (manifest === null) return [];
  return [blueprint.manifestPath, ...[...manifest.binaries, ...manifest.files].map(({ path }) => path)];
}

/** Services of somebody else under the names of ours. Only Windows tells whose they are: on Linux a unit is a file like others. */
function foreignServices(blueprint: ServerBlueprint, facts: ServerFacts): readonly string[] {
  const planned = blueprint.services.map(({ unit }) => unit);
  return facts.units.filter(({ unit, load }) => load === 'foreign' && planned.includes(unit)).map(({ unit }) => unit);
}

/**
 * Whether Triad has begun here: its record is written before the first folder is made, and only after this check has passed. On a Windows server a run that broke
 * off may leave folders that have no rights of their own yet, which look like somebody else's.
 */
function isBegun(blueprint: ServerBlueprint, facts: ServerFacts): boolean {
  return blueprint.platform === 'windows' && recordedBefore(blueprint, facts)?.clusters[blueprint.cluster]?.isInstalled === true;
}

/**
 * Nobody else's files lie where install writes. The manifest on the server tells Triad's own; a file of the planned content is no conflict either, so
 * that an install that broke off before it wrote the manifest is not taken for somebody else's. A folder is somebody else's when an account other
 * than root and the service user owns it.
 */
export const ownFiles = eachServer('server.ownFiles', ['pass', 'warn', 'fail'], (facts, context): Judgement => {
  const expected = message('check.server.ownFiles.expected');
  const blueprint = context.blueprints.get(facts.server);
  if (blueprint === undefined || !facts.paths.some(({ path }) => path === blueprint.manifestPath))
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.ownFiles.unknown'),
      evidence: evidenceOf({ paths: facts.paths.length }),
      remedy: message('check.unread.remedy'),
    };
  const files = plannedFiles(blueprint).map((file) => ({ ...file, found: foundAt(facts, file.path) }));
  const folders = blueprint.folders
    .filter(({ keepsFound }) => keepsFound !== true)
    .map(({ path, owner }) => ({ path, owner, found: foundAt(facts, path) }));
  const wrongKind = [
    ...files.filter(({ found }) => found !== null && found.kind !== 'file'),
    ...blueprint.folders.filter(({ path }) => {
      const found = foundAt(facts, path);
      return found !== null && found.kind !== 'folder';
    }),
  ].map(({ path }) => path);
  const owned = (isBegun(blueprint, facts) ? [] : folders)
    .filter(
      ({ path, owner, found }) => found?.kind === 'folder' && ![administratorAt(path).owner, blueprint.user, owner].includes(found.owner),
    )
    .map(({ path, found }) => `${path} (${found?.owner ?? ''})`);
  const listed = listedFiles(blueprint, facts);
  const foreign = files
    .filter(({ path, sha256, found }) => found !== null && found.sha256 !== sha256 && !listed.includes(path))
    .map(({ path }) => path);
  const services = foreignServices(blueprint, facts);
  const evidence = evidenceOf({ manifest: listed.length > 0, wrongKind, owned, foreign, services });
  if (services.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.ownFiles.foreignServices', { services: services.join(', ') }),
      evidence,
      remedy: message('check.server.ownFiles.foreignServices.remedy'),
    };
  if (wrongKind.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.ownFiles.wrongKind', { paths: wrongKind.join(', ') }),
      evidence,
      remedy: message('check.server.ownFiles.wrongKind.remedy'),
    };
  // Install gives its folders to root and the service user: the program that this one belongs to could not use it any more.
  if (owned.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.ownFiles.otherOwner', { paths: owned.join(', ') }),
      evidence,
      remedy: message('check.server.ownFiles.otherOwner.remedy', { user: blueprint.user }),
    };
  if (foreign.length > 0)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.server.ownFiles.foreign', { paths: foreign.join(', ') }),
      evidence,
      remedy: message('check.server.ownFiles.foreign.remedy'),
    };
  return {
    verdict: 'pass',
    expected,
    observed:
      listed.length > 0
        ? message('check.server.ownFiles.ours', { manifest: blueprint.manifestPath })
        : message('check.server.ownFiles.none'),
    evidence,
  };
});
