import { z } from 'zod';
import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import type { CallOptions } from '../host.ts';
import type { Powershell } from './powershell/runPowershell.ts';

const MissingAnswer = z.object({ missing: z.array(z.string()) });
const LeftAnswer = z.object({ left: z.array(z.string()) });

/** Excludes folders; looks afterwards, since a policy and tamper protection refuse without a word. See `WindowsAbilities.excludeFromDefender`. */
export async function excludeFromDefender(
  powershell: Powershell,
  server: string,
  paths: readonly string[],
  options?: CallOptions,
): Promise<void> {
  const { missing } = await powershell.ask('excludeFromDefender', { paths }, MissingAnswer, options);
  if (missing.length > 0) throw fail('host.defenderRefused', serverSubject(server), { values: { server, paths: missing.join(', ') } });
}

/** Takes exclusions back. See `WindowsAbilities.includeInDefender`. */
export async function includeInDefender(
  powershell: Powershell,
  server: string,
  paths: readonly string[],
  options?: CallOptions,
): Promise<void> {
  const { left } = await powershell.ask('includeInDefender', { paths }, LeftAnswer, options);
  if (left.length > 0) throw fail('host.defenderRefused', serverSubject(server), { values: { server, paths: left.join(', ') } });
}
