import { foundAt } from '../../artifacts/compareFile.ts';
import { recordedBefore } from '../../artifacts/beforeRecord.ts';
import { appendOnlyOf, dataFilesOf } from '../../artifacts/dataFiles.ts';
import { nodesOnServer, type NodeSpec } from '../../shared/domain/plan.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import type { CheckContext } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** Data that a stopped node has and would not read at its start. */
interface UnreadData {
  readonly path: string;
  /** The persistence that wrote it, as the specification names it. */
  readonly was: 'aof' | 'rdb';
}

/** Which of a stopped node's files is the newest: its configuration tells best, and after a removal the record that stayed with the data. */
function wasAppendOnly(node: NodeSpec, facts: ServerFacts, context: CheckContext): boolean | null {
  const configured = appendOnlyOf(foundAt(facts, node.configFile)?.content ?? '');
  const blueprint = context.blueprints.get(facts.server);
  if (configured !== null || blueprint === undefined) return configured;
  return recordedBefore(blueprint, facts)?.clusters[blueprint.cluster]?.appendOnly ?? null;
}

function unreadOf(node: NodeSpec, facts: ServerFacts, context: CheckContext): UnreadData | null {
  const isRunning = facts.units.some(({ unit, active }) => unit === node.unit && active === 'active');
  // A running node takes the other persistence by CONFIG SET, and writes its data anew while it does.
  if (isRunning) return null;
  const files = dataFilesOf(node);
  const hasSnapshot = foundAt(facts, files.snapshot) !== null;
  const hasAppendOnly = foundAt(facts, files.appendOnly) !== null;
  const was = wasAppendOnly(node, facts, context);
  if (context.plan.settings.persistence === 'aof')
    return hasSnapshot && (!hasAppendOnly || was === false) ? { path: files.snapshot, was: 'rdb' } : null;
  return hasAppendOnly && (!hasSnapshot || was === true) ? { path: files.appendOnly, was: 'aof' } : null;
}

/**
 * A stopped node will read the data that it has. With `appendonly yes` Redis reads nothing but append-only files, without it nothing but the
 * snapshot (Redis 7.0.15, tried): after a change of persistence a node comes back empty, and an empty master makes its replica empty too. Data may
 * be there from a removal that left it, or from nodes that were stopped since the last install.
 */
export const keptData = eachServer('server.keptData', ['pass', 'fail'], (facts, context): Judgement => {
  const { plan } = context;
  const expected = message('check.server.keptData.expected', { persistence: plan.settings.persistence });
  const nodes = nodesOnServer(plan, facts.server);
  const looked = nodes.flatMap((node) => Object.values(dataFilesOf(node)).map((path) => facts.paths.find((found) => found.path === path)));
  const found = looked.filter((one) => one !== undefined && one.kind !== 'absent').map((one) => one?.path);
  const evidence = evidenceOf({ found });
  if (looked.includes(undefined))
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.keptData.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const unread = nodes.flatMap((node) => unreadOf(node, facts, context) ?? []);
  const [first] = unread;
  if (first === undefined)
    return {
      verdict: 'pass',
      expected,
      observed: found.length === 0 ? message('check.server.keptData.none') : message('check.server.keptData.read'),
      evidence,
    };
  const paths = unread.map(({ path }) => path).join(', ');
  return {
    verdict: 'fail',
    expected,
    observed: message('check.server.keptData.unread', { paths, persistence: plan.settings.persistence }),
    evidence,
    remedy: message('check.server.keptData.unread.remedy', { paths, was: first.was, persistence: plan.settings.persistence }),
  };
});
