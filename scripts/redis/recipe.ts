import { createHash } from 'node:crypto';
import type { CatalogueBuildMadeHere } from '../../electron/shared/domain/catalogue.ts';

/** Everything that decides what comes out of a build beside its source and the machine's compiler. Data, so that a hash can stand for it. */
export const recipe = {
  /** Raise it when the steps of the build change in a way that the rest of this table does not show. */
  steps: 1,
  /**
   * A patch that lets Debian link its own jemalloc. In 7.0.15 it says `#if USE_SYSTEM_JEMALLOC == yes`; where neither word is defined both are
   * 0 to the preprocessor, so it is always true, and the build with the engine's own jemalloc ends in `undefined reference to dallocx`.
   */
  patchesLeftOut: ['0004-Add-support-for-USE_SYSTEM_JEMALLOC-flag.patch'],
  makeVariables: {
    BUILD_TLS: 'yes',
    MALLOC: 'jemalloc',
    // libsystemd exists only as a shared library. Without it the server cannot tell systemd that it is ready: units are not `Type=notify`.
    USE_SYSTEMD: 'no',
    // What pkg-config says differs between machines; without it the makefiles use -lssl and -lcrypto, which is right for a static build.
    PKG_CONFIG: 'false',
  },
  compilerFlags: ['-fPIE', '-fstack-protector-strong', '-D_FORTIFY_SOURCE=2'],
  /** Static, so that it runs on any Linux of this processor; position independent, so that its addresses are random as in a dynamic one. */
  linkerFlags: ['-static-pie', '-Wl,-z,relro,-z,now', '-Wl,--build-id=none'],
  /** Where the source seems to lie, in the texts of assertions and crash reports. */
  sourceFolderInTexts: '/usr/src',
  gzipLevel: 9,
} as const;

/** The packages of the build machine whose code ends up in the programs. */
export const linkedPackages = ['libc6-dev', 'libssl-dev'] as const;

/** The hash that stands for a build's recipe: a bundle with another one has to be made again. */
export function recipeSha256(build: CatalogueBuildMadeHere): string {
  const { engine, version, platform, licence, source, method } = build;
  const { testedVersion: _warnsOnly, ...fetched } = build.package;
  return createHash('sha256')
    .update(JSON.stringify([recipe, linkedPackages, { engine, version, platform, licence, source, method, fetched }]))
    .digest('hex');
}
