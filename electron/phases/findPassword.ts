import { randomBytes } from 'node:crypto';
import { parseAuthConf } from '../artifacts/authConf.ts';
import { planChanges } from '../artifacts/planChanges.ts';
import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { blueprintOf, factsOf, hostOf, serverNames, type RunContext } from './runContext.ts';

/** The password file of a server where it has one, else null. */
function passwordFileOn(context: RunContext, server: string): string | null {
  const path = blueprintOf(context, server).files.find((file) => file.holdsSecret)?.path;
  const isThere = factsOf(context, server).paths.some((found) => found.path === path && found.kind === 'file');
  return path !== undefined && isThere ? path : null;
}

/** The password that a server was installed with, or null when it has none. The text of the file is nowhere kept. */
export async function passwordOn(context: RunContext, server: string): Promise<string | null> {
  const path = passwordFileOn(context, server);
  if (path === null) return null;
  const password = parseAuthConf(await hostOf(context, server).readSecretFile(path, { signal: context.signal }));
  if (password === null) throw fail('redis.passwordUnreadable', serverSubject(server), { values: { server, file: path } });
  context.ways.onSecret(password);
  return password;
}

/** The one password of all servers that have one; two different ones are a matter for the admin. */
async function passwordOnServers(context: RunContext): Promise<string | null> {
  const found = await Promise.all(serverNames(context).map(async (server) => ({ server, password: await passwordOn(context, server) })));
  const known = found.filter((one) => one.password !== null);
  const other = known.find((one) => one.password !== known[0]?.password);
  if (other !== undefined)
    throw fail('redis.passwordDiffers', serverSubject(other.server), {
      values: { server: other.server, file: passwordFileOn(context, other.server) ?? '' },
    });
  return known[0]?.password ?? null;
}

/**
 * Finds the password where this machine does not know it: on the servers, for an admin who comes from another machine. Only an installation makes a
 * new one, only when no server has one, and keeps it before it is used; `look` takes a passing one to compare with.
 */
export function findPassword(purpose: 'install' | 'look'): Phase<RunContext> {
  return {
    id: 'findPassword',
    title: message('phase.findPassword'),
    scope: 'cluster',
    run: async (context) => {
      if (context.password.value !== null) return 'alreadyDone';
      const found = await passwordOnServers(context);
      if (found !== null) {
        const value = purpose === 'install' ? await context.ways.keepPassword(found) : found;
        context.password = { value, origin: 'server' };
      } else if (purpose === 'install') context.password = { value: await context.ways.keepPassword(), origin: 'generated' };
      else context.password = { value: randomBytes(32).toString('base64url'), origin: 'made' };
      context.ways.onSecret(context.password.value ?? '');
      context.blueprints = context.ways.blueprintsFor(context.password.value ?? '');
      if (context.plan.adopted === true) return 'observed';
      for (const server of serverNames(context)) {
        const changes = planChanges(blueprintOf(context, server), factsOf(context, server));
        context.pending.set(server, changes);
        context.emit({ type: 'changesPlanned', server, changes: [...changes] });
      }
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
