import type { Change } from '../shared/domain/change.ts';
import { renderMark, type MaintenanceMark } from '../shared/domain/maintenanceMark.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { message } from '../shared/messages/message.ts';
import { administratorAt } from './administrator.ts';
import type { ServerBlueprint } from './blueprint.ts';
import { compareFile, foundAt } from './compareFile.ts';

/**
 * What puts the mark of a maintenance on a server; empty where it is there. Another text in its place is removed first and not kept beside it: it is
 * nobody's work, and the folder of the cluster must be empty when it is taken away.
 */
export function markChanges(blueprint: ServerBlueprint, facts: ServerFacts, mark: MaintenanceMark): readonly Change[] {
  const change = compareFile(
    {
      path: blueprint.maintenancePath,
      ...administratorAt(blueprint.maintenancePath),
      mode: 0o644,
      content: renderMark(mark),
      holdsSecret: false,
      purpose: message('change.purpose.maintenance', { server: mark.server }),
    },
    facts,
  );
  if (change === null) return [];
  return change.action === 'replace' ? [...unmarkChanges(blueprint, facts), { ...change, action: 'create', diff: null }] : [change];
}

/** What takes the mark off a server; empty where there is none. Nobody else writes this file, so one that cannot be read goes too. */
export function unmarkChanges(blueprint: ServerBlueprint, facts: ServerFacts): readonly Change[] {
  const path = blueprint.maintenancePath;
  return foundAt(facts, path)?.kind === 'file' ? [{ kind: 'removeFile', id: `removeFile:${path}`, path }] : [];
}
