import type { FoundUnit } from '../../shared/domain/server.ts';
import type { BlueprintService } from '../blueprint.ts';

/**
 * Whether Windows runs a service with the words that it would be registered with now; null where that cannot be told: on Linux, in a preview without
 * Triad's own program, and where nobody told what Windows runs. An earlier Triad has registered its own program, which has its hash in its name.
 */
export function isRegistered({ program, definition, registration }: BlueprintService, found: FoundUnit | undefined): boolean | null {
  if (program === undefined || program === null || found?.imagePath === undefined) return null;
  const wanted = registration?.imagePath ?? `"${program}" service "${definition}"`;
  return found.imagePath.toLowerCase() === wanted.toLowerCase();
}
