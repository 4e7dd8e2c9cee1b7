import { expect, test } from 'vitest';
import { beforeFile, beforeInstall } from './beforeRecord.ts';
import { installedElsewhere } from './installedElsewhere.ts';
import { foundFile, freshFacts, installedFacts, withoutPath, withPath } from './testing/fakeFacts.ts';
import { sampleBlueprint, samplePlan } from './testing/samplePlan.ts';

const blueprint = sampleBlueprint(samplePlan());
const installed = installedFacts(blueprint, beforeFile('', beforeInstall(blueprint, freshFacts())).content);
const withPaths = (paths: Record<string, string>): typeof blueprint => sampleBlueprint(samplePlan({ paths }));

test('a bare server, and one that is as planned, have nothing elsewhere', () => {
  expect(installedElsewhere(blueprint, freshFacts())).toEqual([]);
  expect(installedElsewhere(blueprint, installed)).toEqual([]);
  // A manifest that was lost is written anew.
  expect(installedElsewhere(blueprint, withoutPath(installed, blueprint.manifestPath))).toEqual([]);
});

test('another folder for data or logs: the manifest tells the old one', () => {
  expect(installedElsewhere(withPaths({ data: '/srv/data' }), installed)).toEqual(['/var/lib/triad/sessions']);
  expect(installedElsewhere(withPaths({ logs: '/srv/logs' }), installed)).toEqual(['/var/log/triad/sessions']);
});

test.each([{ install: '/srv/programs' }, { install: '/srv/programs', data: '/srv/data', logs: '/srv/logs' }])(
  'no manifest in the planned folder (%j): a unit names the folder with the password',
  (paths) => {
    expect(installedElsewhere(withPaths(paths), installed)).toEqual(['/opt/triad/sessions']);
  },
);

test('a unit of the same name that is not of Triad tells nothing', () => {
  const [unit] = blueprint.passiveUnits;
  const foreign = foundFile(`/etc/systemd/system/${unit ?? ''}`, '[Service]\nExecStart=/bin/true\n');
  expect(installedElsewhere(blueprint, withPath(freshFacts(), foreign))).toEqual([]);
});
