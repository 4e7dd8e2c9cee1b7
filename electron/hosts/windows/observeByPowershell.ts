import { z } from 'zod';
import type { CallOptions, ObserveRequest } from '../host.ts';
import { PathAnswer, type FirewallAnswer, type ObserveAnswer } from './helperAnswers.ts';
import type { Powershell } from './powershell/runPowershell.ts';
import { WIN32 } from './systemErrors.ts';

const count = z.number().nonnegative();
const flag = z
  .number()
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : value !== 0));
/** PowerShell makes one item of a list of one, and nothing of an empty one, where it passes through a pipeline. */
const listOf = <Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> =>
  z
    .union([z.array(item), item, z.null(), z.undefined()])
    .transform((value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]) as z.output<Item>[]);

/** What `facts` of the PowerShell scripts answers. */
export const FactsAnswer = z.object({
  build: count,
  revision: count.nullish(),
  version: z.string(),
  productType: z.number(),
  name: z.string(),
  edition: z.string(),
  installation: z.string(),
  architecture: z.string(),
  hostName: z.string(),
  machineGuid: z.string().nullish(),
  hardwareId: z.string().nullish(),
  bootTime: count,
  cpuCount: count,
  memoryBytes: count,
  memoryAvailableBytes: count,
  commitLimitBytes: count,
  commitAvailableBytes: count,
  pageFileBytes: count,
  isElevated: z.boolean(),
  user: z.string(),
  timeMs: count,
  addresses: listOf(z.object({ ip: z.string(), device: z.string(), isDynamic: z.boolean() })),
  listening: listOf(
    z.object({ address: z.string(), port: count, pid: count, program: z.string().nullish(), service: z.string().nullish() }),
  ),
  excluded: listOf(z.object({ first: count, last: count })),
  services: listOf(
    z.object({
      name: z.string(),
      state: z.string().nullish(),
      pid: count.nullish(),
      exitCode: count.nullish(),
      startType: z.string().nullish(),
      account: z.string().nullish(),
      imagePath: z.string().nullish(),
    }),
  ),
  paths: listOf(PathAnswer),
  disks: listOf(
    z.object({
      path: z.string(),
      root: z.string(),
      fileSystem: z.string().nullish(),
      freeBytes: count,
      sizeBytes: count,
      driveType: z.string().nullish(),
    }),
  ),
  rules: listOf(z.string()),
  profiles: listOf(
    z.object({
      name: z.enum(['domain', 'private', 'public']),
      enabled: flag,
      policyEnabled: flag,
      policyAllowsLocalRules: flag,
    }),
  ),
});
type FactsAnswer = z.output<typeof FactsAnswer>;

const PRODUCTS: Readonly<Record<number, ObserveAnswer['os']['productType']>> = { 1: 'workstation', 2: 'domainController', 3: 'server' };
const ARCHITECTURES: Readonly<Record<string, string>> = { AMD64: 'x64', ARM64: 'arm64' };
const REDIS = /\\(?:redis-server|valkey-server|memurai)\.exe$/iu;

/** The same as the helper says it, with the time of the server. */
export interface SeenByPowershell {
  readonly seen: ObserveAnswer;
  readonly firewall: FirewallAnswer;
  readonly timeMs: number;
  /** Ranges of ports that Windows keeps, first and last. */
  readonly excludedPorts: readonly [number, number][];
}

const DEADLINE_MS = 60_000;

/** What PowerShell is to look at. */
export interface LookByPowershell extends Pick<
  ObserveRequest,
  'paths' | 'contentOf' | 'serviceFolders' | 'logs' | 'units' | 'disks' | 'ports'
> {
  /** What the names of the firewall rules begin with that are wanted. */
  readonly rulePrefixes: readonly string[];
}

/** A rule whose name begins with one of these; none where there are none. Of a rule's text only its name is looked for here; `=` and `|` are around it. */
function rulePatternOf(prefixes: readonly string[]): string {
  const names = prefixes.map((prefix) => prefix.replaceAll(/[^A-Za-z0-9:_-]/gu, '.'));
  return names.length === 0 ? '(?!)' : `\\|Name=(?:${names.join('|')})`;
}

/** Looks without the helper; see the script `facts`. Throws `host.commandFailed` where PowerShell may not do it either. */
export async function observeByPowershell(
  powershell: Powershell,
  request: LookByPowershell,
  options?: CallOptions,
): Promise<SeenByPowershell> {
  const withContent = new Set(request.contentOf);
  const paths = [...new Set([...request.paths, ...request.serviceFolders])];
  const asked = {
    paths: [
      ...paths.map((path) => ({ path, as: withContent.has(path) ? 'content' : 'path' })),
      ...request.logs.map((path) => ({ path, as: 'log' })),
    ],
    services: request.units,
    disks: request.disks,
    rulePattern: rulePatternOf(request.rulePrefixes),
  };
  const answer = await powershell.ask('facts', asked, FactsAnswer, {
    ...options,
    deadlineMs: Math.min(options?.deadlineMs ?? DEADLINE_MS, DEADLINE_MS),
  });
  return {
    seen: seenIn(answer, request.ports),
    firewall: { rules: answer.rules.map(ruleIn), profiles: answer.profiles },
    timeMs: answer.timeMs,
    excludedPorts: answer.excluded.map(({ first, last }): [number, number] => [first, last]),
  };
}

function seenIn(answer: FactsAnswer, ports: readonly number[]): ObserveAnswer {
  const { build, revision, version, productType, name, edition, installation, architecture, listening, excluded, ...rest } = answer;
  const isTaken = (port: number): boolean => listening.some((one) => one.port === port);
  const isKept = (port: number): boolean => excluded.some(({ first, last }) => port >= first && port <= last);
  return {
    ...rest,
    os: {
      build,
      revision: revision ?? null,
      version,
      productType: PRODUCTS[productType] ?? 'server',
      name,
      edition,
      installation,
      architecture: ARCHITECTURES[architecture] ?? architecture,
    },
    listening,
    redisProcesses: listening.flatMap(({ pid, program, service }) =>
      typeof program === 'string' && REDIS.test(program) ? [{ pid, program, service: service ?? null }] : [],
    ),
    ports: ports.map((port) => ({ port, bindError: isTaken(port) ? WIN32.addressInUse : isKept(port) ? WIN32.addressDenied : 0 })),
    services: answer.services.map((service) => ({ ...service, state: service.state ?? 'unknown' })),
    paths: answer.paths.map((path) => ({ ...path, sha256: path.sha256?.toLowerCase() ?? null })),
    problems: [],
  };
}

/** A rule out of the text that the registry has of it. */
function ruleIn(text: string): FirewallAnswer['rules'][number] {
  const fields = new Map<string, string[]>();
  for (const part of text.split('|')) {
    const at = part.indexOf('=');
    if (at > 0) fields.set(part.slice(0, at), [...(fields.get(part.slice(0, at)) ?? []), part.slice(at + 1)]);
  }
  const first = (key: string): string | null => fields.get(key)?.[0] ?? null;
  return {
    source: 'local',
    name: first('Name') ?? '',
    action: first('Action'),
    active: first('Active'),
    direction: first('Dir'),
    localPorts: fields.get('LPort') ?? null,
    remoteAddresses: fields.get('RA4') ?? null,
  };
}
