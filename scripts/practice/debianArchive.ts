import { readFileSync } from 'node:fs';
import { hasTool } from './hostTools.ts';
import { PracticeError } from './practiceError.ts';
import { mustRun, runCommand } from './runCommand.ts';

/** The Debian release that practice servers run, and the archive it comes from. */
export interface DebianArchive {
  readonly suite: string;
  readonly url: string;
  /** Environment for programs that fetch from it without apt: its proxy, where apt has one. */
  readonly env: Readonly<Record<string, string>>;
}

const oldestSuite = 'bookworm';

/**
 * The archive that this machine itself installs from, as apt knows it: no address is kept in the project.
 * Looks in what apt has fetched: `refreshPackageLists` first on a fresh machine.
 */
export async function findDebianArchive(): Promise<DebianArchive> {
  const suite = practiceSuite();
  if (!hasTool('apt-get'))
    throw new PracticeError(`Practice servers run Debian ${suite}, and this machine has no apt-get to fetch it with.`);
  // The origin tells Debian's own archive from others that also call themselves "bookworm main".
  const url = await findSource(`Packages|${suite}|main|Debian|`, [
    '--format',
    '$(CREATED_BY)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)|$(REPO_URI)',
  ]);
  if (url !== undefined) return { suite, url, env: await proxyEnvironment() };
  // Whatever the sources name, without its origin: apt knows that only of what it could fetch.
  const named = await findSource(`Packages|${suite}|main|`, [
    '--no-release-info',
    '--format',
    '$(CREATED_BY)|$(RELEASE)|$(COMPONENT)|$(REPO_URI)',
  ]);
  throw new PracticeError(
    named === undefined
      ? `Practice servers run Debian ${suite}, and the apt sources of this machine have no "${suite} main": add it.`
      : `Practice servers run Debian ${suite}, and the package archive in the apt sources of this machine cannot be reached: ${named}`,
  );
}

/** The rest of apt's first line that starts so. */
async function findSource(start: string, options: readonly string[]): Promise<string | undefined> {
  const listing = await mustRun('read the sources of apt', 'apt-get', ['indextargets', ...options]);
  return listing
    .split('\n')
    .find((line) => line.startsWith(start))
    ?.slice(start.length);
}

/** The Debian release of practice servers: this machine's own when it is Debian, else bookworm. */
export function practiceSuite(): string {
  try {
    const release = readFileSync('/etc/os-release', 'utf8');
    const own = /^ID="?debian"?$/mu.test(release) ? /^VERSION_CODENAME="?([a-z]+)"?$/mu.exec(release)?.[1] : undefined;
    return own ?? oldestSuite;
  } catch {
    return oldestSuite;
  }
}

async function proxyEnvironment(): Promise<Record<string, string>> {
  const { stdout } = await runCommand('apt-config', ['dump', '--format', '%v%n', 'Acquire::http::Proxy', 'Acquire::https::Proxy']);
  const [proxy] = stdout.split('\n').filter((line) => line !== '' && line !== 'false' && line !== 'DIRECT');
  return proxy === undefined ? {} : { http_proxy: proxy, https_proxy: proxy };
}
