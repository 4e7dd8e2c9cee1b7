import type { ServiceRegistration } from '../../../shared/domain/change.ts';
import type { CallOptions } from '../../host.ts';
import { systemFailure, WIN32 } from '../systemErrors.ts';
import type { WindowsShell } from '../windowsShell.ts';
import { controlService } from './serviceControl.ts';

/**
 * Registers a program that is a service by itself, by sc.exe, or changes the service to what is wanted. Returns the settings that this Windows did not take, with their errors; the service works without them.
 * Throws `host.serviceFailed`, `host.accessDenied`, `host.serviceBeingDeleted` for everything else.
 */
export async function registerService(
  shell: WindowsShell,
  name: string,
  { imagePath, display, description, account, dependsOn, restartPausesMs }: ServiceRegistration,
  bounds: () => CallOptions,
): Promise<readonly { readonly setting: string; readonly error: number }[]> {
  const { code: missing } = await controlService(shell, ['queryex', name], bounds());
  const verb = missing === WIN32.serviceMissing ? 'create' : 'config';
  const settings = ['binPath=', imagePath, 'start=', 'delayed-auto', 'obj=', account, 'DisplayName=', display, 'depend=', dependsOn];
  const { code, evidence } = await controlService(shell, [verb, name, ...settings], bounds());
  if (code !== 0) throw systemFailure(code, { server: shell.server, step: 'installService', what: name, evidence });
  const more: readonly (readonly [string, readonly string[]])[] = [
    ['description', ['description', name, description]],
    ['failureActions', ['failure', name, 'reset=', '86400', 'actions=', restartPausesMs.map((pauseMs) => `restart/${pauseMs}`).join('/')]],
    ['failureFlag', ['failureflag', name, '1']],
    ['sidType', ['sidtype', name, 'unrestricted']],
  ];
  const refused: { readonly setting: string; readonly error: number }[] = [];
  for (const [setting, words] of more) {
    const said = await controlService(shell, words, bounds());
    if (said.code !== 0) refused.push({ setting, error: said.code });
  }
  return refused;
}
