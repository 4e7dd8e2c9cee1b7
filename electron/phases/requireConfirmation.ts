import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/** Refuses at the very beginning when servers would be changed and nobody has said yes or could be asked. */
export function requireConfirmation(options: { readonly isConfirmed: boolean; readonly canAsk: boolean }): Phase<RunContext> {
  return {
    id: 'requireConfirmation',
    title: message('phase.requireConfirmation'),
    scope: 'cluster',
    run: () => {
      if (!options.isConfirmed && !options.canAsk) throw fail('usage.confirmationNeeded', adminSubject);
      return Promise.resolve('observed');
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
