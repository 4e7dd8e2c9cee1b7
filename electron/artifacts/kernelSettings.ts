import type { ServerFacts } from '../shared/domain/server.ts';
import type { BlueprintKernelSetting, KernelSetting } from './blueprint.ts';

/**
 * What Redis asks of the kernel: memory may be promised beyond what is there (a background save forks), long queues of new connections,
 * and no transparent huge pages (each write after a fork would copy 2 MiB).
 */
export const KERNEL_SETTINGS: readonly BlueprintKernelSetting[] = [
  { setting: 'vm.overcommit_memory', path: '/proc/sys/vm/overcommit_memory', value: '1' },
  { setting: 'net.core.somaxconn', path: '/proc/sys/net/core/somaxconn', value: '65535' },
  { setting: 'transparent_hugepage', path: '/sys/kernel/mm/transparent_hugepage/enabled', value: 'never' },
];

/** The value in force as text, or null where the kernel does not have the setting or does not tell. */
export function foundKernelValue(facts: ServerFacts, setting: KernelSetting): string | null {
  switch (setting) {
    case 'vm.overcommit_memory':
      return facts.kernel.overcommitMemory?.toString() ?? null;
    case 'net.core.somaxconn':
      return facts.kernel.somaxconn?.toString() ?? null;
    case 'transparent_hugepage':
      return facts.kernel.transparentHugePages;
  }
}

/** Whether a setting's file is on a file system mounted read-only, as in a container: then it cannot be changed from in there. */
export function isReadOnly(facts: ServerFacts, path: string): boolean {
  return facts.disks.find((disk) => disk.path === path)?.options.includes('ro') === true;
}

/** The file that sets the sysctls at every boot. Without a dash before the names: systemd below 243 takes it for a part of the name. */
export function renderSysctlConf(cluster: string): string {
  const lines = KERNEL_SETTINGS.filter(({ path }) => path.startsWith('/proc/sys/')).map(({ setting, value }) => `${setting} = ${value}`);
  return `# For the cluster ${cluster}. Written by Triad: edits are replaced at its next install.\n${lines.join('\n')}\n`;
}

/** The file that switches transparent huge pages off at every boot; they are no sysctl. */
export function renderTmpfilesConf(cluster: string): string {
  const lines = KERNEL_SETTINGS.filter(({ path }) => path.startsWith('/sys/')).map(({ path, value }) => `w ${path} - - - - ${value}`);
  return `# For the cluster ${cluster}. Written by Triad: edits are replaced at its next install.\n${lines.join('\n')}\n`;
}
