import { z } from 'zod';
import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import type { CallOptions } from '../host.ts';
import type { Powershell } from './powershell/runPowershell.ts';

const MissingAnswer = z.object({ missing: z.array(z.string()) });
const LeftAnswer = z.object({ left: z.array(z.string()) });

/**
 * Excludes folders, or takes exclusions back. Looks afterwards, since a policy and tamper protection refuse without a word, and returns the folders of which it was
 * not done. Throws `host.commandFailed` where Defender is not there or does not run.
 */
export async function tellDefender(
  powershell: Powershell,
  action: 'exclude' | 'include',
  paths: readonly string[],
  options?: CallOptions,
): Promise<readonly string[]> {
  if (action === 'exclude') return (await powershell.ask('excludeFromDefender', { paths }, MissingAnswer, options)).missing;
  return (await powershell.ask('includeInDefender', { paths }, LeftAnswer, options)).left;
}

/** The same, all or nothing: throws `host.defenderRefused` with the folders of which it was not done. See `WindowsAbilities`. */
export async function requireOfDefender(
  powershell: Powershell,
  server: string,
  action: 'exclude' | 'include',
  paths: readonly string[],
  options?: CallOptions,
): Promise<void> {
  const refused = await tellDefender(powershell, action, paths, options);
  if (refused.length > 0) throw fail('host.defenderRefused', serverSubject(server), { values: { server, paths: refused.join(', ') } });
}
