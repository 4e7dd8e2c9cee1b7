import { createPrivateKey, type KeyObject } from 'node:crypto';
import ssh2 from 'ssh2';
import type { ParsedKey } from 'ssh2';
import type { Message } from '../../shared/domain/message.ts';
import { message } from '../../shared/messages/message.ts';

/** A private key, or why it cannot be used. */
export type PrivateKeyReading =
  | { readonly kind: 'key'; readonly key: ParsedKey }
  | { readonly kind: 'passphraseMissing' }
  | { readonly kind: 'passphraseWrong' }
  | { readonly kind: 'unreadable'; readonly reason: Message | string };

const PKCS8 = /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/u;

/** Reads a private key in OpenSSH, PEM (PKCS#1, SEC1, PKCS#8) or PuTTY form. */
export function readPrivateKey(text: string, passphrase: string | null): PrivateKeyReading {
  const clean = text.replaceAll('\r\n', '\n').trim();
  if (clean === '') return { kind: 'unreadable', reason: message('hosts.key.empty') };
  const pkcs8 = PKCS8.exec(clean);
  if (pkcs8 !== null) return readPkcs8(clean, passphrase, pkcs8[1] !== undefined);

  const parsed: unknown = ssh2.utils.parseKey(clean, passphrase ?? undefined);
  // A PuTTY file or an agent's answer may hold several.
  const key: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key instanceof Error) return whyNot(key.message, clean, passphrase);
  if (!isParsedKey(key)) return { kind: 'unreadable', reason: message('hosts.key.none') };
  return key.isPrivateKey() ? { kind: 'key', key } : { kind: 'unreadable', reason: message('hosts.key.public') };
}

function isParsedKey(key: unknown): key is ParsedKey {
  return typeof key === 'object' && key !== null && 'isPrivateKey' in key && 'sign' in key;
}

function isEncrypted(text: string): boolean {
  if (/^Proc-Type: 4,ENCRYPTED/mu.test(text) || /^Encryption: (?!none)/mu.test(text)) return true;
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+)-----END/u.exec(text)?.[1];
  // After the magic `openssh-key-v1\0` stands the cipher's name with its length.
  return body !== undefined && !Buffer.from(body, 'base64').subarray(0, 32).includes('none');
}

function whyNot(words: string, text: string, passphrase: string | null): PrivateKeyReading {
  const isDecryption = /passphrase|bad decrypt|integrity check|unable to authenticate|wrong final block/iu.test(words);
  if (!isEncrypted(text) && !isDecryption) return { kind: 'unreadable', reason: words };
  if (passphrase === null || passphrase === '') return { kind: 'passphraseMissing' };
  return isDecryption || /malformed/iu.test(words) ? { kind: 'passphraseWrong' } : { kind: 'unreadable', reason: words };
}

// ssh2 does not read PKCS#8; Node does, and writes the older forms that ssh2 reads.
function readPkcs8(text: string, passphrase: string | null, isProtected: boolean): PrivateKeyReading {
  if (isProtected && (passphrase === null || passphrase === '')) return { kind: 'passphraseMissing' };
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, format: 'pem', ...(isProtected && passphrase !== null ? { passphrase } : {}) });
  } catch (error) {
    if (isProtected) return { kind: 'passphraseWrong' };
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
  if (key.asymmetricKeyType === 'rsa') return readPrivateKey(String(key.export({ type: 'pkcs1', format: 'pem' })), null);
  if (key.asymmetricKeyType === 'ec') return readPrivateKey(String(key.export({ type: 'sec1', format: 'pem' })), null);
  return { kind: 'unreadable', reason: message('hosts.key.otherType', { type: key.asymmetricKeyType ?? '?' }) };
}
