import type { Phase } from '../engine/phase.ts';
import { message } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/** Opens one SSH connection per server and verifies its host key. */
export const connect: Phase<RunContext> = {
  id: 'connect',
  title: message('phase.connect'),
  scope: 'server',
  run: async (context, server) => {
    const { host, trust } = await context.ways.connectHost(server, context.signal);
    context.hosts.set(server, host);
    context.hostKeyTrust.set(server, trust);
    return 'observed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};
