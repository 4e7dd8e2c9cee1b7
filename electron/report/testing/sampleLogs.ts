import type { FailoverTrial } from '../../shared/domain/failover.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import type { LogMark } from '../../shared/domain/trialLogs.ts';

const LOST = '4440e6d75998ff1e83a8d3ba083ffe023ea548c7';
const HEIR = 'b7439d643ffadbbb84e16102f35afbe0a5bb34c7';

/** What the logs say of the trial of losing a server: its peers agree and its replica takes over, as the marks of the sample have it. */
export function sampleLogs(plan: ClusterPlan, server: string): Required<Pick<FailoverTrial, 'clocks' | 'logMarks' | 'logs'>> {
  const master = plan.nodes.find((node) => node.server === server && node.role === 'master')?.id ?? '';
  const heir = plan.nodes.find((node) => node.replicaOf === master)?.id ?? '';
  const said: readonly (readonly [string, number, string, string])[] = [
    [heir, 6851.5, 'failReceived', `FAIL message received from ${HEIR} about ${LOST}`],
    [heir, 6852.5, 'electionDelayed', 'Start of election delayed for 731 milliseconds (rank #0, offset 4711).'],
    [heir, 7673.5, 'electionStarted', 'Starting a failover election for epoch 7.'],
    [heir, 7676.5, 'electionWon', "Failover election won: I'm the new master."],
    [heir, 7676.5, 'epochSet', 'configEpoch set to 7 after successful failover'],
    [master, 12_011.5, 'ready', 'Ready to accept connections'],
    [master, 13_377.5, 'synced', 'MASTER <-> REPLICA sync: Finished with success'],
  ];
  const lineOf = (node: string, atMs: number, words: string): string => {
    const at = new Date(Date.UTC(2026, 2, 14, 22, 10, 10) + atMs).toISOString();
    return `${node === heir ? 812 : 1204}:S 14 Mar 2026 ${at.slice(11, 23)} * ${words}`;
  };
  const markOf = (name: string, what: string, seenMs: number): LogMark[] =>
    said
      .filter((one) => one[2] === what)
      .map(([node, atMs, , words]) => ({
        name,
        atMs,
        uncertaintyMs: 0.9,
        node,
        line: lineOf(node, atMs, words),
        seenAfterMs: seenMs - atMs,
        apartMs: 0,
      }));
  return {
    clocks: plan.servers.map(({ name }, index) => ({
      server: name,
      before: { offsetMs: 1.2 * index - 0.4, uncertaintyMs: 0.3 },
      after: { offsetMs: 1.2 * index - 0.3, uncertaintyMs: 0.4 },
      during: { offsetMs: 1.2 * index - 0.3, uncertaintyMs: 0.4 },
      state: 'measured',
    })),
    logMarks: [
      ...markOf('failAgreed', 'failReceived', 6870),
      ...markOf('promoted', 'electionWon', 7690),
      ...markOf('serverStarted', 'ready', 12_030),
      ...markOf('replicaLinkUp', 'synced', 13_410),
    ],
    logs: plan.nodes.map(({ id }) => ({
      node: id,
      state: 'read',
      isCut: false,
      omitted: 0,
      lines: said.filter(([node]) => node === id).map(([node, atMs, what, words]) => ({ atMs, what, text: lineOf(node, atMs, words) })),
    })),
  };
}
