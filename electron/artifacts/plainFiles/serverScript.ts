import type { ClusterPlan } from '../../shared/domain/plan.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { octal, PRINT_AUTH_CONF, READ_PASSWORD, scriptHead } from './shellParts.ts';

/** Where a file of a server lies below the export's folder, or below Ansible's `files`. */
export function filePlace(server: string, path: string): string {
  return `servers/${server}/files${path}`;
}

function folderLines({ folders }: ServerBlueprint): readonly string[] {
  return folders.map(({ path, owner, group, mode, keepsFound }) =>
    keepsFound === true ? `shared_folder ${path}` : `folder ${path} ${owner} ${group} ${octal(mode)}`,
  );
}

/** The script that makes one server what its blueprint says, run as root where the export's folder was copied to. */
export function renderServerScript(plan: ClusterPlan, blueprint: ServerBlueprint): string {
  const { server, user, binaries, files, kernel, services } = blueprint;
  const address = plan.servers.find(({ name }) => name === server)?.address ?? '';
  const auth = files.find(({ holdsSecret }) => holdsSecret);
  const nodeUnits = services.filter(({ role }) => role === 'node').map(({ unit }) => unit);
  const programs = binaries.map(({ path, sha256 }) => ({ name: path.split('/').at(-1) ?? path, path, sha256 }));
  return `${scriptHead([
    `Makes ${server} (${address}) what the cluster ${plan.cluster} needs, and starts its nodes. Does what is missing, and nothing twice.`,
    'Run it as root in the folder where it lies. The cluster is formed afterwards, from one server, by form-cluster.sh.',
    `Run it so: sh install-${server}.sh --password-file FILE`,
  ])}
cd "$(dirname "$0")"
changes=0

changed() {
  changes=$((changes + 1))
  echo "changed: $*"
}

refuse() {
  echo "Refused: $*" >&2
  exit 1
}

${READ_PASSWORD}
${PRINT_AUTH_CONF}
# What was damaged or changed on its way here is not installed.
sha256sum -c --quiet SHA256SUMS >&2 || refuse 'files of this folder are not what Triad wrote.'
sha256sum -c --quiet - >&2 << 'END' || refuse 'the programs are not those of the plan.'
${programs.map(({ name, sha256 }) => `${sha256}  programs/${name}`).join('\n')}
END
state=$(sh servers/${server}/check.sh)
read_password "$@"
${
  auth === undefined
    ? ''
    : `if [ -n "$state" ] && [ -f ${auth.path} ] && [ "$(auth_conf | sha256sum)" != "$(sha256sum < ${auth.path})" ]; then
  refuse 'the nodes run with another password; Triad gives a running cluster a new one, this does not.'
fi
`
}
# allow FILE OWNER GROUP MODE
allow() {
  [ "$(stat -c '%U %G 0%a' "$1")" != "$2 $3 $4" ] || return 0
  chown "$2:$3" "$1"
  chmod "$4" "$1"
  changed "owner and mode of $1"
}

# Shared with others, or the system's own: made where it is missing, and otherwise left as it is.
shared_folder() {
  [ ! -d "$1" ] || return 0
  install -d -o root -g root -m 0755 "$1"
  changed "$1"
}

# folder PLACE OWNER GROUP MODE
folder() {
  if [ -d "$1" ]; then
    allow "$@"
    return
  fi
  install -d -o "$2" -g "$3" -m "$4" "$1"
  changed "$1"
}

# put SOURCE PLACE OWNER GROUP MODE: a reader sees the old or the new file, never half of it.
put() {
  if [ -f "$2" ] && [ ! -L "$2" ] && [ "$(sha256sum < "$1")" = "$(sha256sum < "$2")" ]; then
    allow "$2" "$3" "$4" "$5"
    return
  fi
  install -o "$3" -g "$4" -m "$5" "$1" "$2.new"
  mv -f "$2.new" "$2"
  if [ -e /sys/fs/selinux/enforce ] && command -v restorecon > /dev/null; then restorecon "$2"; fi
  changed "$2"
}

if ! id -u ${user} > /dev/null 2>&1; then
  for shell in /usr/sbin/nologin /sbin/nologin /bin/false; do [ ! -x "$shell" ] || break; done
  if getent group ${user} > /dev/null; then group='-g ${user}'; else group=--user-group; fi
  # shellcheck disable=SC2086
  useradd --system $group --no-create-home --home-dir /nonexistent --shell "$shell" ${user}
  changed 'account ${user}'
fi

${folderLines(blueprint).join('\n')}

${programs.map(({ name, path }, index) => `put programs/${name} ${path} root root ${octal(binaries[index]?.mode ?? 0o755)}`).join('\n')}
sha256sum -c --quiet - >&2 << 'END' || refuse 'the programs did not arrive as they were sent: is the disk full?'
${programs.map(({ path, sha256 }) => `${sha256}  ${path}`).join('\n')}
END
${
  auth === undefined
    ? ''
    : `
umask 077
trap 'rm -f ${auth.path}.wanted' EXIT
auth_conf > ${auth.path}.wanted
umask 022
put ${auth.path}.wanted ${auth.path} ${auth.owner} ${auth.group} ${octal(auth.mode)}
rm -f ${auth.path}.wanted
`
}
units=$changes
${files
  .filter(({ holdsSecret }) => !holdsSecret)
  .map((file) => `put ${filePlace(server, file.path)} ${file.path} ${file.owner} ${file.group} ${octal(file.mode)}`)
  .join('\n')}
[ "$units" = "$changes" ] || systemctl daemon-reload

# Now; at every boot by the files above. In a container they belong to its host.
kernel() {
  [ -w "$1" ] || return 0
  case $(cat "$1") in "$2" | *"[$2]"*) return ;; esac
  echo "$2" > "$1"
  changed "$1"
}
${kernel.map(({ path, value }) => `kernel ${path} ${value}`).join('\n')}
${
  blueprint.firewall.length === 0
    ? ''
    : `
opened=$(sh servers/${server}/firewall.sh)
if [ -n "$opened" ]; then
  changes=$((changes + 1))
  echo "$opened"
fi
`
}
# Running nodes are never restarted from here.
for unit in ${services.map(({ unit }) => unit).join(' ')}; do
  if ! systemctl is-enabled --quiet "$unit"; then
    systemctl enable --quiet "$unit"
    changed "$unit starts at boot"
  fi
  if ! systemctl is-active --quiet "$unit"; then
    systemctl start "$unit"
    changed "$unit started"
  fi
done

# A program that cannot start ends after systemd has called it started.
for unit in ${nodeUnits.join(' ')}; do
  tries=0
  until systemctl is-active --quiet "$unit" && [ "$(systemctl show -p SubState --value "$unit")" = running ]; do
    tries=$((tries + 1))
    [ $tries -lt 20 ] || refuse "$unit does not stay up: journalctl -u $unit"
    sleep 0.5
  done
done
[ $changes != 0 ] || echo 'Everything is as it must be: nothing was changed on ${server}.'
`.replaceAll(/\n{3,}/gu, '\n\n');
}
