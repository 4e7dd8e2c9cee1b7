import type { Recipe, RecipeContext } from './recipe.ts';

const home = ({ user }: RecipeContext): string => (user === 'root' ? '/root' : `/home/${user}`);

const locale = (name: string): Recipe => ({
  says: `the locale of everyone who logs in is ${name}, and messages are translated`,
  packages: ['locales'],
  layerScript: `echo '${name} UTF-8' >> /etc/locale.gen && locale-gen`,
  beforeBoot: () => `echo 'LANG=${name}' > /etc/default/locale`,
});

const sshd = (line: string): string => `echo '${line}' > /etc/ssh/sshd_config.d/05-quirk-${line.split(' ')[0]}.conf`;

/** Server traits that break careless programs, by the name that `--quirk` takes. Any can be combined, so none may need systemctl in its script. */
export const quirkVariants = {
  chattyShell: {
    says: 'login shells print text on standard output and standard error, also for commands without a terminal',
    beforeBoot: (context) => `
printf '%s\\n' 'echo "Welcome to the company network"' 'echo "motd: you have mail" >&2' > /etc/profile.d/greeting.sh
printf '%s\\n' 'echo "sshrc: session is being recorded"' 'echo "sshrc: on both streams" >&2' > /etc/ssh/sshrc
{ printf '%s\\n' 'echo "bashrc: hello from the shell"' 'echo "bashrc: hello on stderr" >&2'; cat ${home(context)}/.bashrc; } > /tmp/bashrc
cat /tmp/bashrc > ${home(context)}/.bashrc
rm /tmp/bashrc`,
  },
  germanLocale: locale('de_DE.UTF-8'),
  brazilianLocale: locale('pt_BR.UTF-8'),
  umask077: {
    says: 'new files are readable by their owner only, for sessions and for sudo',
    beforeBoot: () => `
sed -i 's/^UMASK.*/UMASK 077/' /etc/login.defs
echo 'session optional pam_umask.so umask=077' >> /etc/pam.d/common-session
echo 'session optional pam_umask.so umask=077' >> /etc/pam.d/common-session-noninteractive
echo 'umask 077' > /etc/profile.d/umask.sh`,
  },
  noexecTmp: {
    says: '/tmp, /var/tmp and /dev/shm are mounted noexec, nosuid, nodev',
    beforeBoot: () => `
cat > /etc/systemd/system/quirk-noexec.service << 'END'
[Unit]
DefaultDependencies=no
Conflicts=shutdown.target
After=local-fs.target
Before=sysinit.target shutdown.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -ec 'for f in /tmp /var/tmp; do mount --bind $f $f; mount -o remount,bind,noexec,nosuid,nodev $f; done; mount -o remount,noexec,nosuid,nodev /dev/shm'
[Install]
WantedBy=sysinit.target
END
mkdir -p /etc/systemd/system/sysinit.target.wants
ln -s ../quirk-noexec.service /etc/systemd/system/sysinit.target.wants/`,
  },
  fishShell: {
    says: "the user's login shell is fish",
    packages: ['fish'],
    beforeBoot: ({ user }) => `usermod -s /usr/bin/fish ${user}`,
  },
  cshShell: {
    says: "the user's login shell is tcsh",
    packages: ['tcsh'],
    beforeBoot: ({ user }) => `usermod -s /bin/tcsh ${user}`,
  },
  python3: { says: 'python3 is installed, which Ansible needs on the servers it manages', packages: ['python3'] },
  noTcpForwarding: { says: 'sshd forwards no TCP connections', beforeBoot: () => sshd('AllowTcpForwarding no') },
  noSftp: { says: 'sshd has no SFTP', beforeBoot: () => "sed -i '/^Subsystem/d' /etc/ssh/sshd_config" },
  fewSessions: { says: 'sshd allows two sessions on one connection', beforeBoot: () => sshd('MaxSessions 2') },
  keyboardInteractive: {
    says: 'sshd asks for the password by keyboard-interactive only; for the logins with a password',
    beforeBoot: () => `${sshd('KbdInteractiveAuthentication yes')}\n${sshd('PasswordAuthentication no')}`,
  },
  requireTty: {
    says: 'sudo works on a terminal only',
    beforeBoot: () => "echo 'Defaults requiretty' > /etc/sudoers.d/05-quirk-requiretty",
  },
  noSystemctl: {
    says: 'there is no systemctl, as on a server without systemd (which really runs, unseen)',
    // systemd itself needs it for its last step, or the server never ends.
    beforeBoot: () => `
mv /usr/bin/systemctl /usr/lib/systemd/systemctl.hidden
sed -i 's|^ExecStart=systemctl|ExecStart=/usr/lib/systemd/systemctl.hidden|' /usr/lib/systemd/system/systemd-halt.service
for command in halt poweroff reboot shutdown; do ln -sf ../lib/systemd/systemctl.hidden /usr/sbin/$command; done`,
  },
  noLogrotate: {
    says: 'logrotate is not installed',
    beforeBoot: () => 'rm -f /usr/sbin/logrotate; ln -sf /dev/null /etc/systemd/system/logrotate.timer',
  },
  sameMachineId: {
    says: 'the machine id is the same on every server with this quirk, as on clones',
    beforeBoot: () => 'echo 5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e > /etc/machine-id',
  },
} as const satisfies Readonly<Record<string, Recipe>>;

export type QuirkName = keyof typeof quirkVariants;
