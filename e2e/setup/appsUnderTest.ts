import { join } from 'node:path';

/** Names the folder that the apps of one run of the tests are put into: what somebody else builds or packages meanwhile does not touch them. */
export const runFolderVariable = 'TRIAD_APPS_UNDER_TEST';

/** Where the apps under test of this run lie, and their profiles and homes. */
export function appsUnderTest(): { readonly development: string; readonly packaged: string; readonly scratch: string } {
  const folder = process.env[runFolderVariable];
  if (folder === undefined) throw new Error(`${runFolderVariable} is not set: the tests were started without their global setup.`);
  return { development: join(folder, 'development'), packaged: join(folder, 'packaged'), scratch: join(folder, 'scratch') };
}
