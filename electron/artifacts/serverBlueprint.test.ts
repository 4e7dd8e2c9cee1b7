import { describe, expect, it } from 'vitest';
import { InstallManifest, parseManifest, sha256Of } from './manifest.ts';
import { samplePlan, sampleBlueprint } from './testing/samplePlan.ts';

const PASSWORD = 'p@ss word';

describe('blueprintFor', () => {
  const blueprint = sampleBlueprint();

  it('gives the service what it needs and nobody else anything', () => {
    const rights = (path: string): string | undefined => {
      const found = [...blueprint.folders, ...blueprint.files].find((one) => one.path === path);
      return found === undefined ? undefined : `${found.owner}:${found.group} ${found.mode.toString(8)}`;
    };
    expect({
      bin: rights('/opt/triad/bin'),
      conf: rights('/opt/triad/sessions'),
      auth: rights('/opt/triad/sessions/auth.conf'),
      node: rights('/opt/triad/sessions/7000.conf'),
      data: rights('/var/lib/triad/sessions/7001'),
      logs: rights('/var/log/triad/sessions'),
      unit: rights('/etc/systemd/system/triad-sessions-7000.service'),
    }).toEqual({
      bin: 'root:root 755',
      conf: 'root:triad-redis 750',
      auth: 'root:triad-redis 640',
      node: 'root:triad-redis 640',
      data: 'triad-redis:triad-redis 750',
      logs: 'triad-redis:triad-redis 750',
      unit: 'root:root 644',
    });
  });

  it('names parents before children and no folder twice', () => {
    const paths = blueprint.folders.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    const early = paths.filter((path, index) => {
      const parent = path.slice(0, path.lastIndexOf('/'));
      return parent !== '' && !paths.slice(0, index).includes(parent);
    });
    expect(early).toEqual([]);
  });

  it('keeps the password in one file, in no form in any other', () => {
    const holders = blueprint.files.filter(({ content }) => content.includes(PASSWORD) || content.includes('p@ss\\x20word'));
    expect(holders.map(({ path, holdsSecret }) => [path, holdsSecret])).toEqual([['/opt/triad/sessions/auth.conf', true]]);
    const { manifest } = blueprint;
    expect(manifest.files.find(({ path }) => path.endsWith('auth.conf'))?.sha256).toBeNull();
  });

  it('shares nothing but programs, account and roots with another cluster', () => {
    const other = sampleBlueprint(samplePlan({ name: 'cache', redis: { masterPort: 7100, replicaPort: 7101 } }));
    const ownPaths = (one: typeof blueprint): readonly string[] => [
      ...one.files.map(({ path }) => path),
      ...one.folders
        .filter(({ path }) => !path.startsWith('/opt/triad/bin') && !blueprint.manifest.folders.roots.includes(path))
        .map(({ path }) => path),
      ...one.services.map(({ unit }) => unit),
      ...one.firewall.map(({ id }) => id),
    ];
    const both = ownPaths(blueprint).filter((path) => ownPaths(other).includes(path));
    expect(both).toEqual(['/opt', '/var', '/var/lib', '/var/log']);
  });

  it('asks for no firewall rule where the specification only checks', () => {
    expect(sampleBlueprint(samplePlan({ firewall: { manage: false, clients: ['10.0.0.0/8'] } })).firewall).toEqual([]);
  });
});

describe('the manifest', () => {
  const blueprint = sampleBlueprint();
  const file = blueprint.files.find(({ path }) => path === blueprint.manifestPath);

  it('lists every path and unit with the hash of what is written', () => {
    const listed = InstallManifest.parse(JSON.parse(file?.content ?? ''));
    expect(listed).toEqual(blueprint.manifest);
    expect(listed.files.map(({ path }) => path).toSorted()).toEqual(blueprint.files.map(({ path }) => path).toSorted());
    for (const { path, holdsSecret, content } of blueprint.files)
      expect(listed.files.find((one) => one.path === path)?.sha256).toBe(
        holdsSecret || path === blueprint.manifestPath ? null : sha256Of(content),
      );
    expect(listed.services).toEqual(['triad-sessions-7000.service', 'triad-sessions-7001.service', 'triad-sessions-logs.timer']);
    const folders = Object.values(listed.folders).flat();
    expect(blueprint.folders.filter(({ keepsFound }) => keepsFound !== true).every(({ path }) => folders.includes(path))).toBe(true);
  });

  it('is the same text each time, and whoever logs in', () => {
    const plan = samplePlan();
    const otherLogin = { ...plan, servers: plan.servers.map((server) => ({ ...server, ssh: { ...server.ssh, user: 'someone' } })) };
    const again = sampleBlueprint(otherLogin).files.find(({ path }) => path === blueprint.manifestPath);
    expect(again?.content).toBe(file?.content);
  });

  it('is not believed when it is damaged', () => {
    expect(parseManifest('{')).toBeNull();
    expect(parseManifest('{"schemaVersion":1}')).toBeNull();
    expect(parseManifest((file?.content ?? '').replace('"installedBy": "Triad"', '"installedBy": "someone"'))).toBeNull();
  });
});

describe('the README on the server', () => {
  it('tells a stranger what this is', () => {
    const readme = sampleBlueprint().files.find(({ path }) => path.endsWith('README.txt'));
    expect(readme?.content).toMatchSnapshot();
    expect(readme?.content).not.toMatch(/\{\{/u);
  });
});
