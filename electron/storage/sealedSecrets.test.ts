import { expect, test } from 'vitest';
import { openSecrets, SealedSecrets, sealSecrets } from './sealedSecrets.ts';

const place = { cluster: 'sessions', file: 'x.triad' };
/** Enough for a test, and soon done. */
const CHEAP = 2 ** 14;
const secrets = { redisPassword: 'pässword "with" everything' };

test('what was sealed opens with its passphrase alone, and only as it was sealed', async () => {
  const sealed = SealedSecrets.parse(JSON.parse(JSON.stringify(await sealSecrets(secrets, 'correct horse', 'sessions', CHEAP))));
  expect(JSON.stringify(sealed)).not.toContain('everything');
  expect(await openSecrets(sealed, 'correct horse', place)).toEqual(secrets);
  const wrong = { failure: { code: 'configBundle.wrongPassphrase', values: { file: 'x.triad' } } };
  await expect(openSecrets(sealed, 'correct horsf', place)).rejects.toMatchObject(wrong);
  await expect(openSecrets(sealed, 'correct horse', { ...place, cluster: 'other' })).rejects.toMatchObject(wrong);
  const flip = (text: string): string => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);
  await expect(openSecrets({ ...sealed, sealed: flip(sealed.sealed) }, 'correct horse', place)).rejects.toMatchObject(wrong);
  await expect(openSecrets({ ...sealed, cipher: { ...sealed.cipher, tag: 'AAAA' } }, 'correct horse', place)).rejects.toMatchObject(wrong);
});

test('no two seals are alike', async () => {
  const [one, other] = await Promise.all([sealSecrets(secrets, 'x', 'sessions'), sealSecrets(secrets, 'x', 'sessions', CHEAP)]);
  expect(one.sealed).not.toBe(other.sealed);
  expect(one.kdf.cost).toBe(2 ** 17);
  expect(one.kdf.salt).not.toBe(other.kdf.salt);
});
