import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { serverNumbers, type ServerNumber } from '../../practice/setPlace.ts';
import { BenchError } from '../benchError.ts';

/** What Redis' own logs say that happened, over all nodes of a cluster. */
export interface LogCounts {
  /** A node found that a majority holds another one for lost. Several may find it at once. */
  readonly declared: number;
  /** A replica was elected: a failover. */
  readonly failovers: number;
}

const lines = { declared: 'Marking node ', failovers: 'Failover election won' } as const;

/** How much of each log file there is already, by its path on its server. */
type LogEnds = ReadonlyMap<ServerNumber, ReadonlyMap<string, number>>;

async function onServer(set: PracticeSet, server: ServerNumber, script: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await set.run(server, script);
  if (code !== 0) throw new BenchError(`The logs of server ${server} cannot be read: ${stderr.trim()}`);
  return stdout.trim().split('\n');
}

/** Notes where the logs of these clusters end now; all of them at once, one look at each server. */
export async function endsOfLogs(set: PracticeSet, plans: readonly ClusterPlan[]): Promise<LogEnds> {
  const ends = await Promise.all(
    serverNumbers.map(async (number) => {
      const files = filesOn(set, number, plans);
      const sizes = await onServer(set, number, `stat -c %s ${files.join(' ')}`);
      return [number, new Map(files.map((file, index) => [file, Number(sizes[index])]))] as const;
    }),
  );
  return new Map(ends);
}

/** What the logs say since they ended there, for each plan. */
export async function countLogs(set: PracticeSet, plans: readonly ClusterPlan[], since: LogEnds): Promise<readonly LogCounts[]> {
  const counts = await Promise.all(
    serverNumbers.map(async (number) => {
      const files = filesOn(set, number, plans);
      const script = files.map((file) => {
        const from = (since.get(number)?.get(file) ?? 0) + 1;
        return `tail -c +${from} ${file} | awk '/${lines.declared}/ {d++} /${lines.failovers}/ {f++} END {print d + 0, f + 0}'`;
      });
      const told = await onServer(set, number, script.join('\n'));
      return files.map((file, index) => ({ file, number, told: (told[index] ?? '').split(' ').map(Number) }));
    }),
  );
  const found = counts.flat();
  return plans.map((plan) => {
    const own = new Set(plan.nodes.map((node) => `${node.server} ${node.logFile}`));
    const told = found.filter(({ file, number }) => own.has(`${nameOf(set, number)} ${file}`)).map((one) => one.told);
    const sum = (column: number): number => told.reduce((total, row) => total + (row[column] ?? 0), 0);
    return { declared: sum(0), failovers: sum(1) };
  });
}

function nameOf(set: PracticeSet, number: ServerNumber): string {
  return set.servers.find((server) => server.number === number)?.name ?? '';
}

function filesOn(set: PracticeSet, number: ServerNumber, plans: readonly ClusterPlan[]): readonly string[] {
  const name = nameOf(set, number);
  return plans.flatMap((plan) => plan.nodes.filter(({ server }) => server === name).map(({ logFile }) => logFile));
}
