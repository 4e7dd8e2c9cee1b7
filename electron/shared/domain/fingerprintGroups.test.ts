import { describe, expect, it } from 'vitest';
import { compareFingerprint, groupFingerprint, hostKeyFileOf } from './fingerprintGroups.ts';

const FINGERPRINT = 'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGvu36vm7dpcbE2tR3Y';

describe('a fingerprint', () => {
  it('is read aloud in two lines of groups of four', () => {
    expect(groupFingerprint(FINGERPRINT)).toEqual({
      algorithm: 'SHA256',
      lines: [
        ['uNiV', 'ztks', 'CsDh', 'cc0u', '9e8B', 'grJX'],
        ['VGvu', '36vm', '7dpc', 'bE2t', 'R3Y'],
      ],
    });
  });

  it('loses nothing in its groups', () => {
    const { algorithm, lines } = groupFingerprint(FINGERPRINT);
    expect(`${algorithm}:${lines.flat().join('')}`).toBe(FINGERPRINT);
  });

  it.each([
    [`256 ${FINGERPRINT} root@server-1 (ED25519)\n`],
    [FINGERPRINT],
    [FINGERPRINT.slice('SHA256:'.length)],
    ['SHA256: uNiV ztks CsDh cc0u 9e8B grJX\nVGvu 36vm 7dpc bE2t R3Y'],
    [`3072 SHA256:${'A'.repeat(43)} root@server-1 (RSA)\n256 ${FINGERPRINT} root@server-1 (ED25519)`],
  ])('is found in %j', (pasted) => {
    expect(compareFingerprint(pasted, FINGERPRINT)).toBe('same');
  });

  it.each([
    [FINGERPRINT.toLowerCase().replace('sha', 'SHA')],
    [`256 SHA256:${'A'.repeat(43)} root@server-1 (ED25519)`],
    [`${FINGERPRINT.slice(0, -1)}Z`],
  ])('is not %j', (pasted) => {
    expect(compareFingerprint(pasted, FINGERPRINT)).toBe('different');
  });

  it.each([[''], ['256 MD5:00:11:22 root@server-1'], [FINGERPRINT.slice(0, 30)], [`${FINGERPRINT}xx`]])(
    'is compared with nothing in %j',
    (pasted) => {
      expect(compareFingerprint(pasted, FINGERPRINT)).toBe('none');
    },
  );

  it('is shown by the server from the file of its type', () => {
    expect(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'rsa-sha2-512', 'odd'].map((type) => hostKeyFileOf(type))).toEqual([
      '/etc/ssh/ssh_host_ed25519_key.pub',
      '/etc/ssh/ssh_host_ecdsa_key.pub',
      '/etc/ssh/ssh_host_rsa_key.pub',
      '/etc/ssh/ssh_host_ed25519_key.pub',
    ]);
    expect(hostKeyFileOf('rsa-sha2-512', 'windows')).toBe(String.raw`C:\ProgramData\ssh\ssh_host_rsa_key.pub`);
  });
});
