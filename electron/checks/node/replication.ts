import { ownLine } from '../../shared/domain/layout.ts';
import { syncOf } from '../../shared/domain/readiness.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachAnswer } from '../nodeObservation.ts';

/**
 * A replica follows its master, and a master that owns slots has a replica that follows. A replica that has never been in sync does not stand for
 * election, so the cluster works but has no tolerance; one that lags a little does stand.
 */
export const replication = eachAnswer(
  'node.replication',
  ['pass', 'passWithoutTolerance', 'warn'],
  (view, { node, observation }, { plan }): Judgement => {
    const syncs = syncOf(observation.view, plan);
    const evidence = evidenceOf({ role: view.role, ...view.replication });
    const own = syncs.find((one) => one.node === node.id);
    if (own !== undefined) {
      const expected = message('check.node.replication.expected.replica');
      const [reason] = own.reasons;
      if (reason === undefined)
        return {
          verdict: 'pass',
          expected,
          observed: message('check.node.replication.inSync', { master: own.master ?? '?', lagBytes: own.lagBytes ?? 0 }),
          evidence,
        };
      const { code } = reason;
      if (code === 'cluster.lagging')
        return { verdict: 'warn', expected, observed: reason, evidence, remedy: message('check.node.replication.lagging.remedy') };
      if (code === 'cluster.silent')
        return { verdict: 'unknown', expected, observed: reason, evidence, remedy: message('check.unread.remedy') };
      return {
        verdict: 'passWithoutTolerance',
        expected,
        observed: reason,
        evidence,
        remedy: message('check.node.replication.remedy', { log: node.logFile, server: node.server }),
      };
    }
    const expected = message('check.node.replication.expected.master');
    const line = ownLine(view);
    if (line === null)
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.node.replication.unknown'),
        evidence,
        remedy: message('check.unread.remedy'),
      };
    const followers = syncs.filter((one) => one.master === node.id && one.isInSync).map((one) => one.node);
    if (followers.length > 0)
      return {
        verdict: 'pass',
        expected,
        observed: message('check.node.replication.followed', { replicas: followers.join(', ') }),
        evidence,
      };
    if (line.slots.length === 0) return { verdict: 'pass', expected, observed: message('check.node.replication.noSlots'), evidence };
    return {
      verdict: 'passWithoutTolerance',
      expected,
      observed: message('check.node.replication.alone'),
      evidence,
      remedy: message('check.node.replication.alone.remedy'),
    };
  },
);
