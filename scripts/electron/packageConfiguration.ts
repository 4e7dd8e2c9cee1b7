import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { RuntimeError } from './runtimeError.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The fuses as electron-builder calls them. */
const fusesSchema = z.record(z.string(), z.boolean());
const configurationSchema = z.looseObject({ electronFuses: fusesSchema });

/** A configuration of electron-builder, of which only the fuses are looked at here. */
export type PackageConfiguration = z.infer<typeof configurationSchema>;

/** What is released: electron-builder.yml as it stands. */
export async function releaseConfiguration(): Promise<PackageConfiguration> {
  return configurationSchema.parse(parse(await readFile(join(root, 'electron-builder.yml'), 'utf8')));
}

/** What a release of the Linux packages says of its makers, which this repository does not know. */
export interface Publisher {
  /** Where the project is at home. */
  readonly homepage: string;
  /** Who answers for the package, as `Name <mail@host>`. */
  readonly maintainer: string;
}

const publisherVariables = { homepage: 'TRIAD_HOMEPAGE', maintainer: 'TRIAD_MAINTAINER' } as const;

/**
 * The publisher of a release, from TRIAD_HOMEPAGE and TRIAD_MAINTAINER. electron-builder makes no deb and no rpm without a home page
 * (`FpmTarget.computeFpmMetaInfoOptions`; `repository` would do when it is on GitHub), and both formats have a field for a maintainer with an
 * address. None of them is made up here: the address in electron-builder.yml is one that cannot exist. A RuntimeError names what is missing.
 */
export function publisherOf(env: NodeJS.ProcessEnv): Publisher {
  const homepage = env[publisherVariables.homepage] ?? '';
  const maintainer = env[publisherVariables.maintainer] ?? '';
  const problems = [
    ...(/^https?:$/u.test(URL.parse(homepage)?.protocol ?? '')
      ? []
      : [`${publisherVariables.homepage} has to be the web address of the project`]),
    ...(/^[^<>]+ <[^<>@\s]+@[^<>@\s]+>$/u.test(maintainer) ? [] : [`${publisherVariables.maintainer} has to be like "Name <mail@host>"`]),
  ];
  if (problems.length > 0) throw new RuntimeError(`deb and rpm name who publishes them: ${problems.join(', and ')}.`);
  return { homepage, maintainer };
}

/** What is laid over electron-builder.yml for them. */
export function withPublisher({ homepage, maintainer }: Publisher): {
  readonly extraMetadata: { readonly homepage: string };
  readonly linux: { readonly maintainer: string };
} {
  return { extraMetadata: { homepage }, linux: { maintainer } };
}

/**
 * In what a test build, which the end-to-end tests drive, differs from the release: the fuse that lets Playwright talk to the main process,
 * and anybody else with an account on the machine. electron-builder lays this over its file.
 */
export const testDifference = { electronFuses: { enableNodeCliInspectArguments: true } } as const;
