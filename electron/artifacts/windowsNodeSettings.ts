import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import { WINDOWS_BACKLOG, WINDOWS_MAX_CLIENTS } from '../shared/domain/windowsLimits.ts';
import { nodeSettings, type NodeSettingGroup } from './nodeSettings.ts';

/** Redis' own default: an append-only file smaller than this is not written anew. */
const LEAST_REWRITE_BYTES = 64 * 1024 ** 2;

/** What on Windows is otherwise, by the setting that it takes the place of. A null takes the setting away. */
function replacements({ settings: { maxMemoryBytes } }: ClusterPlan): Readonly<Record<string, NodeSettingGroup | null>> {
  return {
    'tcp-backlog': { reasons: [], settings: [{ name: 'tcp-backlog', value: String(WINDOWS_BACKLOG), takesEffect: 'restart' }] },
    timeout: {
      reasons: ['The C runtime of these programs has 3200 files for each process; Redis would lower its usual 10000 by itself, and warn.'],
      settings: [
        { name: 'protected-mode', value: 'yes', takesEffect: 'runtime' },
        { name: 'timeout', value: '0', takesEffect: 'runtime' },
        { name: 'maxclients', value: String(WINDOWS_MAX_CLIENTS), takesEffect: 'runtime' },
      ],
    },
    dir: {
      reasons: ['The service starts the program in the folder of the node: every path is relative to it, and none has a drive or a blank.'],
      settings: [{ name: 'dir', value: '.', takesEffect: 'internal' }],
    },
    maxmemory: {
      reasons: ['Each save copies all of it: at most 17 % of the memory of the server.'],
      settings: [{ name: 'maxmemory', value: String(maxMemoryBytes), takesEffect: 'runtime' }],
    },
    'disable-thp': {
      reasons: ['Writing the append-only file anew copies the whole memory, and nobody is answered meanwhile: seldom is better.'],
      settings: [
        {
          name: 'auto-aof-rewrite-min-size',
          value: String(Math.max(LEAST_REWRITE_BYTES, maxMemoryBytes)),
          takesEffect: 'runtime',
        },
      ],
    },
    daemonize: {
      reasons: ['The service program keeps the process.'],
      settings: [
        { name: 'daemonize', value: 'no', takesEffect: 'restart' },
        { name: 'supervised', value: 'no', takesEffect: 'restart' },
      ],
    },
    logfile: { reasons: [], settings: [{ name: 'logfile', value: 'redis.log', takesEffect: 'internal' }] },
  };
}

/** Every setting of a node on a Windows server, in the order of its file: those of Linux, but for what its programs and its system cannot do. */
export function windowsNodeSettings(node: NodeSpec, plan: ClusterPlan): readonly NodeSettingGroup[] {
  const replaced = replacements(plan);
  return nodeSettings(node, plan).flatMap((group) => {
    const found = group.settings.find(({ name }) => Object.hasOwn(replaced, name));
    const instead = found === undefined ? group : (replaced[found.name] ?? null);
    return instead === null ? [] : [instead];
  });
}
