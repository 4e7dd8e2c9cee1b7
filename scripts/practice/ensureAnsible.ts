import { aptGet, hasTool, refreshPackageLists, type Progress } from './hostTools.ts';
import { PracticeError } from './practiceError.ts';
import { lastWords, runCommand } from './runCommand.ts';

/** Makes sure that there is an Ansible, by apt where it is missing. Returns the version that it says. A PracticeError where that cannot be done. */
export async function ensureAnsible(progress: Progress): Promise<string> {
  if (!hasTool('ansible-playbook')) {
    if (!hasTool('apt-get')) throw new PracticeError('There is no ansible-playbook, and no apt-get to install it with.');
    progress('Installing ansible-core on this machine.');
    const install = ['install', '-y', '--no-install-recommends', 'ansible-core'];
    let result = await aptGet(install);
    if (result.code !== 0) {
      await refreshPackageLists(progress);
      result = await aptGet(install);
    }
    if (result.code !== 0) throw new PracticeError(`Could not install ansible-core: ${lastWords(result)}`);
  }
  const version = await runCommand('ansible-playbook', ['--version']);
  if (version.code !== 0) throw new PracticeError(`ansible-playbook does not run: ${lastWords(version)}`);
  return version.stdout.split('\n')[0] ?? '';
}
