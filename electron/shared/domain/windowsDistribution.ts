import { z } from 'zod';

/** Whose Redis an archive for Windows servers holds. */
export const WindowsDistribution = z.enum(['redis-windows', 'memurai']);
export type WindowsDistribution = z.infer<typeof WindowsDistribution>;

/** The distributions that nobody has seen working under Triad: they are only taken where the administrator says yes to them by name. */
export const ExperimentalDistribution = WindowsDistribution.extract(['memurai']);
export type ExperimentalDistribution = z.infer<typeof ExperimentalDistribution>;

/** Whether a distribution needs that word. */
export function isExperimental(distribution: WindowsDistribution): distribution is ExperimentalDistribution {
  return ExperimentalDistribution.safeParse(distribution).success;
}

/** What is known of a distribution. */
export interface DistributionFacts {
  /** As its makers write it. */
  readonly name: string;
  /** Where it lies, and its hash where it is published. */
  readonly page: string;
  /** The file names of the server and of its command line client, in small letters. */
  readonly programs: { readonly server: string; readonly client: string };
  /**
   * `msys2`: a C runtime for programs of Unix, which copies the whole memory of a process for a save and has about 3200 connections and files.
   * `native`: none of these limits; what else holds is in the licence file of the distribution.
   */
  readonly runtime: 'msys2' | 'native';
  /** Whether its server is a program that Windows can start as a service by itself; it would wait in vain for the answer of any other (error 1053). */
  readonly isService: boolean;
}

/** The distributions that Triad takes. Programs and pages of Memurai are from its public documentation: nothing of it was ever run here. */
export const WINDOWS_DISTRIBUTIONS: Readonly<Record<WindowsDistribution, DistributionFacts>> = {
  'redis-windows': {
    name: 'redis-windows',
    page: 'https://github.com/redis-windows/redis-windows/releases',
    programs: { server: 'redis-server.exe', client: 'redis-cli.exe' },
    runtime: 'msys2',
    isService: false,
  },
  memurai: {
    name: 'Memurai',
    page: 'https://www.memurai.com',
    programs: { server: 'memurai.exe', client: 'memurai-cli.exe' },
    runtime: 'native',
    isService: true,
  },
};
