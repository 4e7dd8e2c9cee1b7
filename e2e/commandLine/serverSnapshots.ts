import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';

const SERVERS: readonly ServerNumber[] = [1, 2, 3];

/**
 * Everything on a server that an installation could leave behind, as lines: files with owner, mode and content, accounts, units, firewall,
 * kernel settings, listening ports. What the system itself writes while it runs is left out.
 */
const SNAPSHOT = `
places='/etc /opt /srv /usr/local /var/lib /var/log /root /home /run/systemd/system /run/systemd/transient'
listed() {
  find $places -xdev \\( -path /var/lib/systemd -o -path /var/lib/dbus -o -path /var/log/journal -o -name wtmp -o -name btmp -o -name lastlog \\
    -o -path /var/lib/sudo -o -name .sudo_as_admin_successful -o -name '*session-*' -o -name '*user-*' -o -path '/home/*/.cache' \\) -prune -o "$@"
}
listed -type d -printf 'folder %p %m %u %g\\n' -o -type l -printf 'link %p %l\\n' -o -type f -printf 'file %p %m %u %g\\n' | sort
listed -type f -print0 | xargs -0 sha256sum | sort -k 2
getent passwd | cut -d: -f1,3,7
getent group | cut -d: -f1,3
systemctl list-unit-files --no-legend --no-pager | grep -i triad
systemctl list-units --all --no-legend --no-pager --plain | grep -i triad
nft list ruleset 2>/dev/null
cat /proc/sys/vm/overcommit_memory /proc/sys/net/core/somaxconn
ls /run | grep -i triad
true
`;

/** A snapshot of each server. Throws when one could not be made, so that two failures never look equal. */
export async function serverSnapshots(set: PracticeSet): Promise<readonly string[]> {
  return Promise.all(
    SERVERS.map(async (server) => {
      const { code, stdout, stderr } = await set.run(server, SNAPSHOT);
      if (code !== 0 || !stdout.includes('file /etc/passwd')) throw new Error(`no snapshot of server ${server}: ${stderr}`);
      // systemd keeps the folder of its transient units once there was one.
      // With a password change's date the shadow file would differ from day to day, and useradd leaves copies of the account files.
      return stdout
        .split('\n')
        .filter((line) => !/ \/etc\/(passwd|group|gshadow|shadow|subuid|subgid)-?( |$)|^folder \/run\/systemd\/transient /u.test(line))
        .join('\n');
    }),
  );
}

/** Snapshots without what packets count, and without the firewalls' own files, which their front ends write anew with every command. */
export async function firewalledSnapshots(set: PracticeSet): Promise<readonly string[]> {
  return (await serverSnapshots(set)).map((shot) =>
    shot
      .split('\n')
      .filter((line) => !/ \/etc\/(?:ufw|firewalld)\//u.test(line))
      .map((line) => line.replaceAll(/counter packets \d+ bytes \d+/gu, 'counter'))
      .join('\n'),
  );
}
