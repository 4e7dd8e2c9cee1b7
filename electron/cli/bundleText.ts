import type { PartDifference } from '../shared/domain/configBundle.ts';
import { formatBytes, formatUtc } from '../shared/domain/reportFormat.ts';
import { message, say } from '../shared/messages/message.ts';
import type { ConfigBundleContent } from '../storage/configBundleContent.ts';

/** What is in a bundle, as lines for a terminal. */
export function bundleText({ manifest, plan, hostKeys, nodes, runs, sealed }: ConfigBundleContent): readonly string[] {
  const { cluster, triadVersion: version } = manifest;
  const list = (title: string, lines: readonly string[]): readonly string[] => ['', title, ...lines.map((line) => `  ${line}`)];
  const hasPrograms = manifest.parts.some(({ path }) => path.startsWith('redis/'));
  return [
    say(message('cli.bundle.title', { cluster, madeAt: formatUtc(manifest.madeAt), version })),
    say(message('cli.bundle.engine', { engine: plan.engine, version: plan.version, port: plan.nodes[0]?.dataPort ?? '' })),
    say(message(sealed === null ? 'cli.bundle.notSealed' : 'cli.bundle.sealed')),
    say(message(hasPrograms ? 'cli.bundle.programs' : 'cli.bundle.noPrograms')),
    ...list(
      say(message('cli.bundle.servers')),
      plan.servers.map(({ name, address, ssh }) => `${name}  ${address}  ${ssh.user}@${ssh.host}:${ssh.port}`),
    ),
    ...list(
      say(message('cli.bundle.nodes')),
      nodes.nodes.length === 0
        ? [say(message('cli.bundle.nodesUnseen'))]
        : nodes.nodes.map(({ node, endpoint, redisId, role }) => `${node}  ${endpoint}  ${role.padEnd(7)}  ${redisId}`),
    ),
    ...list(
      say(message('cli.bundle.hostKeys')),
      Object.entries(hostKeys).map(([endpoint, { type, fingerprint }]) => `${endpoint}  ${type}  ${fingerprint}`),
    ),
    ...list(
      say(message('cli.bundle.runs')),
      runs.length === 0
        ? [say(message('cli.bundle.noRuns'))]
        : runs.map(({ record }) => `${formatUtc(record.finishedAt ?? record.startedAt)}  ${record.workflow}  ${record.verdict ?? ''}`),
    ),
    ...list(
      say(message('cli.bundle.parts')),
      manifest.parts.map(({ path, sizeBytes }) => `${formatBytes(sizeBytes).padStart(9)}  ${path}`),
    ),
  ];
}

/** Differences as lines: for each part where it stands, then the lines that differ. */
export function differencesText(differences: readonly PartDifference[]): readonly string[] {
  return differences.flatMap(({ path, kind, diff }) => [
    say(message(`cli.bundle.${kind}`, { path })),
    ...(diff === '' ? [] : [diff.trimEnd(), '']),
  ]);
}
