import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { BundledSecrets } from '../shared/domain/configBundle.ts';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';

/** The cost of guessing one passphrase: 128 MiB and some tenths of a second, as OWASP advises for scrypt. */
const COST = 2 ** 17;
const BLOCK_SIZE = 8;
const KEY_BYTES = 32;

const base64 = (bytes: number): z.ZodString =>
  z
    .string()
    .max(Math.ceil(bytes / 3) * 4)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/u);

/**
 * Secrets under a passphrase: the key by scrypt, the text by AES-256-GCM. The parameters stand beside it, so that a later Triad may ask for more; they are
 * bounded, so that a hostile file cannot ask for gigabytes or hours.
 */
export const SealedSecrets = z.strictObject({
  schemaVersion: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    cost: z.union([14, 15, 16, 17, 18].map((power) => z.literal(2 ** power))),
    blockSize: z.int().min(1).max(8),
    parallelization: z.int().min(1).max(4),
    salt: base64(64),
  }),
  cipher: z.strictObject({ name: z.literal('aes-256-gcm'), nonce: base64(12), tag: base64(16) }),
  sealed: base64(4096),
});
export type SealedSecrets = z.infer<typeof SealedSecrets>;

async function keyOf(passphrase: string, { cost, blockSize, parallelization, salt }: SealedSecrets['kdf']): Promise<Buffer> {
  // Twice what the parameters need: OpenSSL counts its own part in.
  const maxmem = 2 * 128 * cost * blockSize + 128 * blockSize * parallelization;
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.normalize('NFKC'),
      Buffer.from(salt, 'base64'),
      KEY_BYTES,
      { N: cost, r: blockSize, p: parallelization, maxmem },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}

/** What is sealed together with the text though it is readable: the cluster and the parameters cannot be exchanged without notice. */
function boundTo(cluster: string, kdf: SealedSecrets['kdf']): Buffer {
  return Buffer.from(
    JSON.stringify(['triad-sealed-secrets', 1, cluster, kdf.name, kdf.cost, kdf.blockSize, kdf.parallelization, kdf.salt]),
  );
}

/** Seals secrets with a passphrase; two seals of the same are never alike. `cost` is scrypt's N, a power of two. */
export async function sealSecrets(secrets: BundledSecrets, passphrase: string, cluster: string, cost = COST): Promise<SealedSecrets> {
  const kdf = { name: 'scrypt', cost, blockSize: BLOCK_SIZE, parallelization: 1, salt: randomBytes(16).toString('base64') } as const;
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, kdf), nonce);
  cipher.setAAD(boundTo(cluster, kdf));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return {
    schemaVersion: 1,
    kdf,
    cipher: { name: 'aes-256-gcm', nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64') },
    sealed: sealed.toString('base64'),
  };
}

/** Opens sealed secrets. Throws `configBundle.wrongPassphrase`, also where they were changed: the two cannot be told apart. */
export async function openSecrets(
  sealed: SealedSecrets,
  passphrase: string,
  place: { readonly cluster: string; readonly file: string },
): Promise<BundledSecrets> {
  const key = await keyOf(passphrase, sealed.kdf);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.cipher.nonce, 'base64'), { authTagLength: 16 });
    decipher.setAAD(boundTo(place.cluster, sealed.kdf));
    decipher.setAuthTag(Buffer.from(sealed.cipher.tag, 'base64'));
    const text = Buffer.concat([decipher.update(Buffer.from(sealed.sealed, 'base64')), decipher.final()]).toString('utf8');
    return BundledSecrets.parse(JSON.parse(text));
  } catch (error) {
    throw fail('configBundle.wrongPassphrase', adminSubject, { values: { file: place.file }, cause: error });
  }
}
