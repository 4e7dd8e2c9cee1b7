import type { Change } from '../shared/domain/change.ts';
import type { FoundUnit, ServerFacts } from '../shared/domain/server.ts';
import type { BlueprintService } from './blueprint.ts';
import { isRegistered } from './windows/registration.ts';

type ServiceChange = Extract<Change, { kind: 'service' }>;

function serviceChange({ unit, definition, program, registration }: BlueprintService, action: ServiceChange['action']): ServiceChange {
  const own = registration === undefined ? {} : { registration };
  // systemd finds its units by their names.
  const more = program === undefined || program === null ? {} : { definition: { path: definition, program, ...own } };
  return { kind: 'service', id: `service:${unit}:${action}`, unit, action, ...more };
}

/** Whether systemd brings the unit up at boot; `enabled-runtime` is gone after one. */
function isEnabled(found: FoundUnit | undefined): boolean {
  return found?.enabled === 'enabled';
}

/** Whether the unit does its work, or is on its way to: a start would change nothing. */
function isRunning(found: FoundUnit | undefined): boolean {
  return found !== undefined && ['active', 'activating', 'reloading'].includes(found.active) && found.sub !== 'auto-restart';
}

/**
 * The changes that bring one unit up. A running node is never restarted: that is a matter of roles and order, and for the admin to decide. Its new
 * unit file is at least read by systemd (any service change reloads it, and enabling an enabled unit changes nothing else), and Windows is told what to run from
 * its next start on.
 */
export function planService(service: BlueprintService, facts: ServerFacts, changedPaths: ReadonlySet<string>): readonly ServiceChange[] {
  const { unit } = service;
  const found = facts.units.find((candidate) => candidate.unit === unit);
  if (!isRunning(found)) return [serviceChange(service, isEnabled(found) ? 'start' : 'enableAndStart')];

  const changes: ServiceChange[] = isEnabled(found) ? [] : [serviceChange(service, 'enable')];
  const isUnread = found?.needsReload === true || changedPaths.has(service.definition) || isRegistered(service, found) === false;
  const isStale = isUnread || service.dependsOn.some((path) => changedPaths.has(path));
  if (isStale && service.role === 'helper') changes.push(serviceChange(service, 'restart'));
  else if (isUnread && changes.length === 0) changes.push(serviceChange(service, 'enable'));
  return changes;
}
