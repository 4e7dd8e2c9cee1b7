import { BUNDLED_WINDOWS_ARCHIVE, type BundlePart } from './configBundle.ts';
import type { ClusterSpec } from './spec.ts';

/** Whether a bundle of this cluster brings programs that are sold, with the licence file of whoever bought them: those of Memurai, which wants to be named in a specification. */
export function bringsCommercialPrograms({ redis }: Pick<ClusterSpec, 'redis'>, parts: readonly Pick<BundlePart, 'path'>[]): boolean {
  return redis.windowsArchive?.experimental === 'memurai' && parts.some(({ path }) => path === BUNDLED_WINDOWS_ARCHIVE);
}
