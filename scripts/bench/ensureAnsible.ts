import { aptGet, hasTool, refreshPackageLists } from '../practice/hostTools.ts';
import { lastWords, runCommand } from '../practice/runCommand.ts';
import { BenchError } from './benchError.ts';

/** Makes sure that there is an Ansible, by apt where it is missing. Returns the version that it says. A BenchError where that cannot be done. */
export async function ensureAnsible(progress: (sentence: string) => void): Promise<string> {
  if (!hasTool('ansible-playbook')) {
    if (!hasTool('apt-get')) throw new BenchError('There is no ansible-playbook, and no apt-get to install it with: use --skip-ansible.');
    progress('Installing ansible-core on this machine, for the comparison (--skip-ansible does without).');
    const install = ['install', '-y', '--no-install-recommends', 'ansible-core'];
    let result = await aptGet(install);
    if (result.code !== 0) {
      await refreshPackageLists(progress);
      result = await aptGet(install);
    }
    if (result.code !== 0) throw new BenchError(`Could not install ansible-core (--skip-ansible does without): ${lastWords(result)}`);
  }
  const version = await runCommand('ansible-playbook', ['--version']);
  if (version.code !== 0) throw new BenchError(`ansible-playbook does not run (--skip-ansible does without): ${lastWords(version)}`);
  return version.stdout.split('\n')[0] ?? '';
}
