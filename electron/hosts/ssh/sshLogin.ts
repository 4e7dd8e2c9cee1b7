import type { AnyAuthMethod, AuthenticationType, ParsedKey } from 'ssh2';
import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { say } from '../../shared/messages/message.ts';
import { readPrivateKey } from './readPrivateKey.ts';

/** A way to log in, its secrets resolved. `privateKeyFile` only names the key in failures. */
export type HostLogin =
  | {
      readonly kind: 'key';
      readonly user: string;
      readonly privateKey: string;
      readonly privateKeyFile: string;
      readonly passphrase: string | null;
    }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'agent'; readonly user: string; readonly socket: string };

/** A login that was checked before anything is dialled. */
export type PreparedLogin =
  | { readonly kind: 'key'; readonly user: string; readonly key: ParsedKey }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'agent'; readonly user: string; readonly socket: string };

/** Reads the key. Throws `ssh.keyUnreadable`, or `ssh.passphraseMissing`, or `ssh.passphraseWrong`. */
export function prepareLogin(server: string, login: HostLogin): PreparedLogin {
  const subject = serverSubject(server);
  switch (login.kind) {
    case 'password':
      return login;
    case 'agent':
      return login;
    case 'key': {
      const file = login.privateKeyFile;
      const reading = readPrivateKey(login.privateKey, login.passphrase);
      switch (reading.kind) {
        case 'key':
          return { kind: 'key', user: login.user, key: reading.key };
        case 'passphraseMissing':
          throw fail('ssh.passphraseMissing', subject, { values: { file } });
        case 'passphraseWrong':
          throw fail('ssh.passphraseWrong', subject, { values: { file } });
        case 'unreadable':
          throw fail('ssh.keyUnreadable', subject, {
            values: { file, reason: typeof reading.reason === 'string' ? reading.reason : say(reading.reason) },
          });
      }
    }
  }
}

/** Chooses the next attempt from what the server says is left; null before the first answer. False gives up. */
export type NextAttempt = (left: readonly string[] | null) => AnyAuthMethod | false;

/**
 * The attempts of a login, each at most once. The question which methods there are (`none`) is left out: it costs a round trip.
 * A password that was rejected as `password` is not tried again as `keyboard-interactive`: that would count twice towards locking the
 * account. It is tried there only where the server does not offer `password` at all.
 */
export function attemptsFor(login: PreparedLogin): NextAttempt {
  const { user } = login;
  const tried = new Set<AuthenticationType>();
  const once = (method: AnyAuthMethod): AnyAuthMethod | false => {
    if (tried.has(method.type)) return false;
    tried.add(method.type);
    return method;
  };
  switch (login.kind) {
    case 'key':
      return () => once({ type: 'publickey', username: user, key: login.key });
    case 'agent':
      return () => once({ type: 'agent', username: user, agent: login.socket });
    case 'password':
      return (left) => {
        if (!tried.has('password')) return once({ type: 'password', username: user, password: login.password });
        if (left === null || left.includes('password') || !left.includes('keyboard-interactive')) return false;
        let isAnswered = false;
        return once({
          type: 'keyboard-interactive',
          username: user,
          prompt: (_name, _instructions, _lang, prompts, finish) => {
            // The first hidden question is the password; further ones (a second factor) get empty answers, so that the server ends it.
            finish(
              prompts.map((prompt) => {
                if (isAnswered || prompt.echo === true) return '';
                isAnswered = true;
                return login.password;
              }),
            );
          },
        });
      };
  }
}
