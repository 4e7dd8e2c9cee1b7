import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** Commands run as root. Where they cannot, the facts could not be gathered either, and the connection has failed with the reason. */
export const privilege = eachServer('server.privilege', ['pass'], (facts): Judgement => {
  const user = facts.loginUser;
  const expected = message('check.server.privilege.expected');
  const evidence = evidenceOf({ loginUser: user, privilege: facts.privilege });
  switch (facts.privilege) {
    case 'root':
      return { verdict: 'pass', expected, observed: message('check.server.privilege.root', { user }), evidence };
    case 'sudo':
      return { verdict: 'pass', expected, observed: message('check.server.privilege.sudo', { user }), evidence };
    case 'sudoWithPassword':
      return { verdict: 'pass', expected, observed: message('check.server.privilege.sudoWithPassword', { user }), evidence };
    case 'administrator':
      return { verdict: 'pass', expected, observed: message('check.server.privilege.administrator', { user }), evidence };
  }
});
