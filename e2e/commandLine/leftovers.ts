import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers } from '../../scripts/practice/setPlace.ts';
import { serverSnapshots } from './serverSnapshots.ts';

/** Processes of SSH sessions, whatever they became; locks and listeners in /run; files that were being written; what a failover test placed. */
const LEFTOVERS = `
main=$(systemctl show --property=MainPID --value ssh.service)
for folder in /proc/[0-9]*; do
  pid=\${folder#/proc/}
  [ "$pid" != "$main" ] && grep -qs '/ssh\\.service$' $folder/cgroup && echo "process $(tr '\\0' ' ' 2>/dev/null <$folder/cmdline)"
done
find /run -maxdepth 1 -name 'triad*'
find /etc /opt /srv /usr /var -xdev -name '*.triad-new'
ls /run/systemd/system 2>/dev/null | grep triad
systemctl list-units --all --no-legend --plain 'triad-heal-*'
nft list tables 2>/dev/null | grep triad_fault
grep -ls '^State:.T' /proc/[0-9]*/status
true
`;

/** What a run has left on any of the servers that must not outlast it, a line each. Empty when all is well. */
export async function leftovers(set: PracticeSet): Promise<readonly string[]> {
  const found = await Promise.all(
    serverNumbers.map(async (server) => {
      const { stdout, stderr } = await set.run(server, LEFTOVERS);
      return `${stdout}${stderr}`
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => `${server}: ${line}`);
    }),
  );
  return found.flat();
}

/** Files whose content is new with each server, cluster or start: of these the snapshot is compared without its hash. */
const EVER_NEW = /\/(?:machine-id|nodes\.conf|dump\.rdb|\d+\.log|appendonly\S*)$/u;

/** The snapshots of installed servers without the content of data and logs, and without the numbers of append-only files, which count rewrites. */
export async function installedState(set: PracticeSet): Promise<readonly string[]> {
  const shots = await serverSnapshots(set);
  return shots.map((shot) => {
    const lines = shot.split('\n').filter((line) => !(/^[0-9a-f]{64} /u.test(line) && EVER_NEW.test(line)));
    return [...new Set(lines.map((line) => line.replace(/\.aof\.\d+\./u, '.aof.N.')))].toSorted().join('\n');
  });
}
