import { expect, test } from 'vitest';
import { beforeFile, beforeInstall } from '../artifacts/beforeRecord.ts';
import type { ServerBlueprint } from '../artifacts/blueprint.ts';
import { foundFile, foundFolder } from '../artifacts/testing/fakeFacts.ts';
import { freshWindowsFacts, sampleWindowsPlan } from '../artifacts/testing/sampleWindows.ts';
import type { FoundPath } from '../shared/domain/server.ts';
import { say } from '../shared/messages/message.ts';
import { ownFiles } from './server/ownFiles.ts';
import { absentPath, exampleContext } from './testing/exampleFacts.ts';

const context = exampleContext({ plan: sampleWindowsPlan(['windows', 'linux', 'linux']) });

function blueprintOf(server: string): ServerBlueprint {
  const blueprint = context.blueprints.get(server);
  if (blueprint === undefined) throw new Error('the sample has no such server');
  return blueprint;
}
const blueprint = blueprintOf('server-1');

function told(...paths: readonly FoundPath[]): string {
  const facts = { ...freshWindowsFacts(), server: 'server-1', paths: [absentPath(blueprint.manifestPath), ...paths] };
  const [result] = ownFiles.judge([facts], context);
  return `${result?.verdict}: ${result === undefined ? '' : say(result.observed)}`;
}

const ownFolder = blueprint.folders.find(({ keepsFound }) => keepsFound !== true)?.path ?? '';

test("a folder without rights of its own is somebody else's, unless Triad has begun there", () => {
  const folder = foundFolder(ownFolder, 'foreign');
  expect(told(folder)).toBe(`fail: Folders of another account: ${ownFolder} (foreign)`);
  const record = beforeInstall(blueprint, freshWindowsFacts());
  expect(told(folder, foundFile(blueprint.beforePath, beforeFile('', record).content))).toBe('pass: Nothing');
  const removed = { ...record, clusters: { [blueprint.cluster]: { isInstalled: false, filesFound: [], programs: [] } } };
  expect(told(folder, foundFile(blueprint.beforePath, beforeFile('', removed).content))).toMatch(/^fail: /u);
});
