import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { message } from '../../shared/messages/message.ts';
import { makeKey } from './testing/fakeSshServer.ts';
import { readPrivateKey } from './readPrivateKey.ts';

const PASSPHRASE = `it's "$HOME" \`#\\ ü`;

const rsaPem = (type: 'pkcs1' | 'pkcs8', protection: object = {}): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type, format: 'pem', ...protection } as never)
    .toString();
const ecPem = (type: 'sec1' | 'pkcs8'): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type, format: 'pem' }).toString();

const plain: readonly (readonly [string, string, string])[] = [
  ['OpenSSH ed25519', makeKey('ed25519').private, 'ssh-ed25519'],
  ['OpenSSH RSA', makeKey('rsa').private, 'ssh-rsa'],
  ['OpenSSH ECDSA', makeKey('ecdsa').private, 'ecdsa-sha2-nistp256'],
  ['PKCS#1', rsaPem('pkcs1'), 'ssh-rsa'],
  ['PKCS#8 RSA', rsaPem('pkcs8'), 'ssh-rsa'],
  ['SEC1', ecPem('sec1'), 'ecdsa-sha2-nistp256'],
  ['PKCS#8 EC', ecPem('pkcs8'), 'ecdsa-sha2-nistp256'],
];

test.each(plain)('%s is read', (_, text, type) => {
  expect(readPrivateKey(text, null)).toMatchObject({ kind: 'key', key: { type } });
});

test('line ends of Windows and blanks around it do not matter, nor a passphrase that is not needed', () => {
  const text = `\n${makeKey('ed25519').private.replaceAll('\n', '\r\n')}\r\n\r\n`;
  expect(readPrivateKey(text, 'not needed')).toMatchObject({ kind: 'key' });
});

const protectedKeys: readonly (readonly [string, string])[] = [
  ['OpenSSH', makeKey('ed25519', PASSPHRASE).private],
  ['PKCS#1', rsaPem('pkcs1', { cipher: 'aes-256-cbc', passphrase: PASSPHRASE })],
  ['PKCS#8', rsaPem('pkcs8', { cipher: 'aes-256-cbc', passphrase: PASSPHRASE })],
];

test.each(protectedKeys)('%s with a passphrase: right, wrong, missing', (_, text) => {
  expect(readPrivateKey(text, PASSPHRASE)).toMatchObject({ kind: 'key' });
  expect(readPrivateKey(text, `${PASSPHRASE} `)).toEqual({ kind: 'passphraseWrong' });
  expect(readPrivateKey(text, null)).toEqual({ kind: 'passphraseMissing' });
  expect(readPrivateKey(text, '')).toEqual({ kind: 'passphraseMissing' });
});

test('what is no private key is told', () => {
  expect(readPrivateKey('', null)).toEqual({ kind: 'unreadable', reason: message('hosts.key.empty') });
  expect(readPrivateKey(makeKey('ed25519').public, null)).toEqual({ kind: 'unreadable', reason: message('hosts.key.public') });
  expect(readPrivateKey('hello', null)).toMatchObject({ kind: 'unreadable' });
  expect(readPrivateKey(makeKey('ed25519').private.slice(0, 200), null)).toMatchObject({ kind: 'unreadable' });
  const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(readPrivateKey(ed25519, null)).toEqual({ kind: 'unreadable', reason: message('hosts.key.otherType', { type: 'ed25519' }) });
});
