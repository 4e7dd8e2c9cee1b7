import { describe, expect, it } from 'vitest';
import { filesIn, versionsWith } from './debianSource.ts';

const wanted = '4'.repeat(64);

const stanza = (version: string, sha256: string): string => `Package: redis
Version: ${version}
Checksums-Sha256:
 ${'1'.repeat(64)} 1960 redis_${version}.dsc
 ${sha256} 3025940 redis_7.0.15.orig.tar.gz
Package-List:
 redis deb database optional arch=all
`;

describe('versionsWith', () => {
  it('finds the packages that contain the pinned archive, each once', () => {
    const shown = [
      stanza('5:7.0.15-1', wanted),
      stanza('5:8.0.2-3', '8'.repeat(64)),
      stanza('5:7.0.15-2', wanted),
      stanza('5:7.0.15-1', wanted),
    ];
    expect(versionsWith(shown.join('\n\n'), wanted)).toEqual(['5:7.0.15-1', '5:7.0.15-2']);
  });

  it('finds none where the archive is another one', () => {
    expect(versionsWith(stanza('5:7.0.15-1', '5'.repeat(64)), wanted)).toEqual([]);
    expect(versionsWith('', wanted)).toEqual([]);
  });
});

describe('filesIn', () => {
  it('finds the files of a description with their SHA-256, and no other sums', () => {
    const description = `Format: 3.0 (quilt)
Checksums-Sha1:
 ${'1'.repeat(40)} 3860147 redis_8.0.2.orig.tar.gz
Checksums-Sha256:
 ${wanted} 3860147 redis_8.0.2.orig.tar.gz
 ${'5'.repeat(64)} 44020 redis_8.0.2-3+deb13u2.debian.tar.xz
Files:
 ${'f'.repeat(32)} 3860147 redis_8.0.2.orig.tar.gz
`;
    expect(filesIn(description)).toEqual([
      { file: 'redis_8.0.2.orig.tar.gz', sha256: wanted },
      { file: 'redis_8.0.2-3+deb13u2.debian.tar.xz', sha256: '5'.repeat(64) },
    ]);
    expect(filesIn('Checksums-Sha256:\n')).toEqual([]);
  });
});
