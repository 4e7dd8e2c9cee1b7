import { platformOf } from '../../shared/domain/plan.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** The file of OpenSSH's host key of a type: `ssh-ed25519` is kept in ssh_host_ed25519_key.pub, `ecdsa-sha2-nistp256` in ssh_host_ecdsa_key.pub. */
function hostKeyFile(type: string, platform: Platform): string {
  const kind = type.includes('ed25519') ? 'ed25519' : type.startsWith('ecdsa') ? 'ecdsa' : 'rsa';
  const name = `ssh_host_${kind}_key.pub`;
  return platform === 'windows' ? `C:\\ProgramData\\ssh\\${name}` : `/etc/ssh/${name}`;
}

/**
 * The SSH host key is the one the admin knows. A key that is unknown or has changed never gets this far (the connection refuses it), so what is
 * left to judge is how it came to be trusted.
 */
export const hostKey = eachServer('server.hostKey', ['pass', 'warn'], (facts, context): Judgement => {
  const { type, fingerprint } = facts.hostKey;
  const trust = context.hostKeyTrust.get(facts.server);
  const expected = message('check.server.hostKey.expected');
  const evidence = evidenceOf({ hostKey: `${type} ${fingerprint}`, trust });
  const remedy = message('check.server.hostKey.remedy', { file: hostKeyFile(type, platformOf(context.plan, facts.server)) });
  switch (trust) {
    case 'pinned':
      return { verdict: 'pass', expected, observed: message('check.server.hostKey.pinned', { type, fingerprint }), evidence };
    case 'known':
      return { verdict: 'pass', expected, observed: message('check.server.hostKey.known', { type, fingerprint }), evidence };
    case 'accepted':
      return { verdict: 'warn', expected, observed: message('check.server.hostKey.accepted', { type, fingerprint }), evidence, remedy };
    case undefined:
      return { verdict: 'unknown', expected, observed: message('check.server.hostKey.unknown', { type, fingerprint }), evidence, remedy };
  }
});
