import { z } from 'zod';
import { Engine } from './spec.ts';

/** A SHA-256 as 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

/** A version of a server engine, always with three parts. */
export const EngineVersion = z.string().regex(/^\d+\.\d+\.\d+$/u);

/** What a build runs on: operating system and processor, in Node's words. */
export const BuildPlatform = z.enum(['linux-x64']);
export type BuildPlatform = z.infer<typeof BuildPlatform>;

/** How long a line is looked after, and whether OutSystems names it as supported for in-memory sessions. */
const Support = z.strictObject({
  outSystems: z.discriminatedUnion('listed', [
    z.strictObject({ listed: z.literal(true), fromPlatformServer: z.string().regex(/^\d+\.\d+$/u) }),
    z.strictObject({ listed: z.literal(false) }),
  ]),
  /** Who makes security fixes for it: those who make the engine, or the distribution whose source package is built. */
  by: z.enum(['vendor', 'distribution']),
  /** Year, or year and month, in which that ends. */
  ends: z.string().regex(/^\d{4}(-\d{2})?$/u),
});

const common = {
  engine: Engine,
  version: EngineVersion,
  platform: BuildPlatform,
  /** SPDX identifier of the engine's own licence; what is linked into it is in the bundle's LICENSE. */
  licence: z.string().min(1),
  source: z.strictObject({ archive: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/u), sha256: Sha256 }),
  support: Support,
};

/** A build that this project makes and tests by itself, from a Debian source package (the recipe is in scripts/redis/recipe.ts). */
const BuildMadeHere = z.strictObject({
  ...common,
  built: z.literal('here'),
  method: z.literal('debian-source-package'),
  package: z.strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/u),
    /** Debian suites that are searched; the newest version of the package that has the archive above wins. */
    suites: z.array(z.string().regex(/^[a-z]+(-security)?$/u)).min(1),
    /** Packages older than this are refused: they lack security patches. */
    oldestVersion: z.string(),
    /** The package that was built and tested last. An older one is built with a warning. */
    testedVersion: z.string(),
    /** SHA-256 of its description (`.dsc`): with it the package can be fetched while a mirror's list names only one that the mirror does not have yet. */
    testedSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/u)
      .optional(),
  }),
});

/** A build that only a release machine can make, because its source is not in Debian: named, and nothing claimed for it. */
const BuildOfReleaseMachine = z.strictObject({
  ...common,
  built: z.literal('release-machine'),
  method: z.literal('vendor-archive'),
});

/** One server build that Triad knows of. */
export const CatalogueBuild = z.discriminatedUnion('built', [BuildMadeHere, BuildOfReleaseMachine]);
export type CatalogueBuild = z.infer<typeof CatalogueBuild>;
export type CatalogueBuildMadeHere = z.infer<typeof BuildMadeHere>;

/** The three values that tell one build from all others. */
export type BuildKey = Pick<CatalogueBuild, 'engine' | 'version' | 'platform'>;

function isSameBuild(one: BuildKey, other: BuildKey): boolean {
  return one.engine === other.engine && one.version === other.version && one.platform === other.platform;
}

/** The list of known server builds as it stands in `resources/redis/catalogue.json`. The default is always one that is made here. */
export const ServerCatalogue = z
  .strictObject({
    schemaVersion: z.literal(1),
    default: z.strictObject({ engine: Engine, version: EngineVersion, platform: BuildPlatform }),
    builds: z.array(CatalogueBuild).min(1),
  })
  .superRefine((catalogue, context) => {
    catalogue.builds.forEach((build, index) => {
      if (catalogue.builds.findIndex((other) => isSameBuild(build, other)) < index)
        context.addIssue({ code: 'custom', message: 'named twice', path: ['builds', index] });
    });
    if (findBuild(catalogue, catalogue.default)?.built !== 'here')
      context.addIssue({ code: 'custom', message: 'not a build that is made here', path: ['default'] });
  });
export type ServerCatalogue = z.infer<typeof ServerCatalogue>;

/** The catalogue's entry for a build, or null when it has none. */
export function findBuild(catalogue: Pick<ServerCatalogue, 'builds'>, key: BuildKey): CatalogueBuild | null {
  return catalogue.builds.find((build) => isSameBuild(build, key)) ?? null;
}

/** The builds of a catalogue that this project makes by itself. */
export function buildsMadeHere(catalogue: ServerCatalogue): readonly CatalogueBuildMadeHere[] {
  return catalogue.builds.filter((build) => build.built === 'here');
}
