import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult, IForbiddenRuleType, IModule } from 'dependency-cruiser';
import { bridgeFiles, entryFiles, liveTestFiles, liveTestHelpers, rooms, testFiles } from '../config/rooms.ts';
import type { Room, RoomName } from '../config/rooms.ts';
import { existingFolders, sourceFiles } from './sourceFiles.ts';
import { failed } from './step.ts';
import type { StepResult } from './step.ts';

/**
 * Holds the table of rooms, and: no cycles, no orphans, nothing unresolved, every file in exactly one room. Fails too when the tool saw
 * other files than there are on disk: with a TypeScript that it cannot load it reports "no violations" over no modules.
 * @param root the checkout
 */
export async function checkArchitecture(root: string): Promise<StepResult> {
  const onDisk = sourceFiles(root);
  if (!onDisk.some((file) => file.startsWith('electron/'))) return failed('There is no source file below electron/.');
  const modules = await readModules(root);
  const seen = new Set(modules.map((module) => module.source).filter((source) => onDisk.includes(source)));
  const problems = [
    ...onDisk.filter((file) => !seen.has(file)).map((file) => `${file}: not seen by dependency-cruiser`),
    ...onDisk.flatMap(roomProblem),
    ...onDisk.filter((file) => reachesBehindBridge(root, file)).map((file) => `${file}: only renderer/bridge may use window.triad`),
    ...modules.flatMap(moduleProblems),
  ];
  return { ok: problems.length === 0, saw: `${seen.size} of ${onDisk.length} files`, output: problems.toSorted().join('\n') };
}

async function readModules(root: string): Promise<readonly IModule[]> {
  const { output } = await cruise(
    [...existingFolders(root)],
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...generalRules, ...Object.entries(rooms).flatMap(([name, room]) => roomRules(name, room))] },
      doNotFollow: { path: 'node_modules' },
      // Without it imports of types are invisible, and a room could know any other by its types.
      tsPreCompilationDeps: true,
    },
    {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
    },
  );
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output}`);
  return (output satisfies ICruiseResult).modules;
}

function roomProblem(file: string): readonly string[] {
  if (!file.startsWith('electron/') && !file.startsWith('renderer/')) return [];
  const owners = Object.values(rooms).filter((room) => room.files.test(file));
  return owners.length === 1 ? [] : [`${file}: belongs to ${owners.length} rooms of scripts/config/rooms.ts instead of one`];
}

/** A property of the global object, which no import shows. */
function reachesBehindBridge(root: string, file: string): boolean {
  if (!file.startsWith('renderer/') || bridgeFiles.test(file) || testFiles.test(file)) return false;
  return /\b(?:window|globalThis|self)\s*(?:\?\.|\.|\[\s*['"`])\s*triad\b/u.test(readFileSync(join(root, file), 'utf8'));
}

function moduleProblems(module: IModule): readonly string[] {
  const own = (module.rules ?? []).map((rule) => `${module.source}: ${rule.name}`);
  const imports = module.dependencies.flatMap((dependency) =>
    (dependency.rules ?? []).map(
      (rule) => `${module.source} -> ${dependency.couldNotResolve ? dependency.module : dependency.resolved}: ${rule.name}`,
    ),
  );
  return [...own, ...imports];
}

function roomRules(name: string, room: Room): readonly IForbiddenRuleType[] {
  const from = { path: room.files.source, pathNot: testFiles.source };
  const whole = [room, ...room.rooms.map(roomOf)].map(({ files }) => files.source);
  const types = (room.types ?? []).filter((other) => !room.rooms.includes(other)).map((other) => roomOf(other).files.source);
  const allowed = [...whole, ...types, ...room.packages.map(packagePath), '^package\\.json$', '^resources/help/[^/]+\\.png$'];
  return [
    {
      name: `${name} may not import this`,
      severity: 'error',
      from,
      to: { couldNotResolve: false, pathNot: allowed, ...(room.builtins ? { dependencyTypesNot: ['core'] } : {}) },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${name} may import only types of this`,
            severity: 'error',
            from,
            to: { path: types, dependencyTypesNot: ['type-only'] },
          } satisfies IForbiddenRuleType,
        ]),
  ];
}

function roomOf(name: RoomName): Room {
  return rooms[name];
}

function packagePath(name: string): string {
  return `^node_modules/(?:@types/)?${name.replaceAll('.', '\\.')}/`;
}

const generalRules: readonly IForbiddenRuleType[] = [
  { name: 'in a cycle of imports', severity: 'error', from: {}, to: { circular: true } },
  { name: 'cannot be resolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'imports nothing and is imported by nothing',
    severity: 'error',
    from: { orphan: true, path: '^(?:electron|renderer)/', pathNot: [testFiles.source, entryFiles.source] },
    to: {},
  },
  {
    // Benchmarks are no product either: they measure with what tests test with.
    name: 'only tests may import this',
    severity: 'error',
    from: { pathNot: [testFiles.source, '^scripts/bench/'] },
    to: { path: testFiles.source },
  },
  {
    name: 'only live tests may import the practice servers, and nothing else of scripts/',
    severity: 'error',
    from: { path: '^(?:electron|renderer)/', pathNot: liveTestFiles.source },
    to: { path: '^scripts/' },
  },
  {
    name: 'live tests may import only the practice servers and the Redis bundle of scripts/',
    severity: 'error',
    from: { path: liveTestFiles.source, pathNot: '^scripts/' },
    to: { path: '^scripts/', pathNot: liveTestHelpers.source },
  },
  {
    name: 'only the desktop app may import Electron',
    severity: 'error',
    // Of scripts: what runs inside Electron, which is the fallback runtime's launcher and the bare window of the benchmark.
    from: {
      path: '^(?:electron|renderer|scripts)/',
      pathNot: '^(?:electron/(?:shell/|main\\.ts|preload\\.ts)|scripts/electron/launch\\.mjs|scripts/bench/app/bare/)',
    },
    to: { path: ['^node_modules/electron/', '^electron/(?:shell/|main\\.ts|preload\\.ts)'] },
  },
  {
    name: 'steps of the wizard may not import each other',
    severity: 'error',
    from: { path: '^renderer/steps/([^/]+)/', pathNot: testFiles.source },
    to: { path: '^renderer/steps/[^/]+/', pathNot: '^renderer/steps/$1/' },
  },
  {
    name: 'is not in package.json',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];
