import { createPrivateKey, type KeyObject } from 'node:crypto';
import ssh2 from 'ssh2';
import type { ParsedKey } from 'ssh2';

/** A private key, or why it cannot be used. */
export type PrivateKeyReading =
  | { readonly kind: 'key'; readonly key: ParsedKey }
  | { readonly kind: 'passphraseMissing' }
  | { readonly kind: 'passphraseWrong' }
  | { readonly kind: 'unreadable'; readonly reason: string };

const PKCS8 = /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/u;

/** Reads a private key in OpenSSH, PEM (PKCS#1, SEC1, PKCS#8) or PuTTY form. */
export function readPrivateKey(text: string, passphrase: string | null): PrivateKeyReading {
  const clean = text.replaceAll('\r\n', '\n').trim();
  if (clean === '') return { kind: 'unreadable', reason: 'the file is empty' };
  const pkcs8 = PKCS8.exec(clean);
  if (pkcs8 !== null) return readPkcs8(clean, passphrase, pkcs8[1] !== undefined);

  // An empty passphrase counts as none for ssh2, as for ssh-keygen.
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(clean, passphrase ?? undefined);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined) return { kind: 'unreadable', reason: 'there is no key in it' };
  if (key instanceof Error) return whyNot(key.message, clean, passphrase);
  return key.isPrivateKey() ? { kind: 'key', key } : { kind: 'unreadable', reason: 'it is a public key' };
}

function isEncrypted(text: string): boolean {
  if (/^Proc-Type: 4,ENCRYPTED/mu.test(text) || /^Encryption: (?!none)/mu.test(text)) return true;
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+)-----END/u.exec(text)?.[1];
  // After the magic `openssh-key-v1\0` stands the cipher's name with its length.
  return body !== undefined && !Buffer.from(body, 'base64').subarray(0, 32).includes('none');
}

function whyNot(message: string, text: string, passphrase: string | null): PrivateKeyReading {
  const isDecryption = /passphrase|bad decrypt|integrity check|unable to authenticate|wrong final block/iu.test(message);
  if (!isEncrypted(text) && !isDecryption) return { kind: 'unreadable', reason: message };
  if (passphrase === null || passphrase === '') return { kind: 'passphraseMissing' };
  return isDecryption || /malformed/iu.test(message) ? { kind: 'passphraseWrong' } : { kind: 'unreadable', reason: message };
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
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return readPrivateKey(String(key.export({ type: 'pkcs1', format: 'pem' })), null);
    case 'ec':
      return readPrivateKey(String(key.export({ type: 'sec1', format: 'pem' })), null);
    default:
      return { kind: 'unreadable', reason: `a key of type ${key.asymmetricKeyType ?? 'unknown'} must be in OpenSSH form` };
  }
}
