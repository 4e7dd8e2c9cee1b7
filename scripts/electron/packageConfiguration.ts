import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

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

/**
 * In what a test build, which the end-to-end tests drive, differs from the release: the fuse that lets Playwright talk to the main process,
 * and anybody else with an account on the machine. electron-builder lays this over its file.
 */
export const testDifference = { electronFuses: { enableNodeCliInspectArguments: true } } as const;
