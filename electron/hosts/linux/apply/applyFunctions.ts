/** What stands behind a file's name while it is being written. A file of this name is always ours and may be removed. */
export const NEW_SUFFIX = '.triad-new';
/** What stands behind the name of a file that was there before Triad replaced it. */
export const BEFORE_SUFFIX = '.triad-before';
/** A line that tells what became of a change: this word, its number, `done` or `refused`, and evidence, separated by tabs. */
export const OUTCOME_WORD = 'TRIAD-OUTCOME';

/** How long a batch waits for one of an earlier run; starting services is what takes longest. */
const ALONE_DEADLINE_SECONDS = 60;

/**
 * The functions that a batch of changes is made of. Standard input holds the payload; it is moved to descriptor 3, so that no tool
 * eats of it by accident. Words about failures are those of the C library in English, as `LC_ALL=C` is set.
 */
export const APPLY_FUNCTIONS = `
exec 3<&0 </dev/null
outcome() { printf '${OUTCOME_WORD}\\t%s\\t%s\\t%s\\n' "$1" "$2" "\${3:-}"; }
give_up() { printf 'TRIAD-FAIL %s\\n' "$*" >&2; exit 70; }
complain() { printf '%s\\n' "$1" >&2; exit 71; }

# A batch whose connection was lost goes on to its end, and the reservation of the server is gone with the connection: the next run's batch
# waits for it, or both would write the same files. The lock is on a folder that every server has, so nothing is left of it.
alone() {
  exec 9</etc || exit
  flock -w ${ALONE_DEADLINE_SECONDS} 9 || give_up lockHeld
}

# explain PATH WORDS: ends with the reason why PATH could not be written
explain() {
  case "$2" in
    *'No space left on device'* | *'quota exceeded'*) give_up diskFull "$1" ;;
    *'unexpected end of file'* | *'not in gzip format'* | *'crc error'* | *'format violated'*) give_up uploadCut "$1" ;;
  esac
  complain "$1: $2"
}

# receive SIZE PATH: the next bytes of the payload, into a new file beside PATH that nobody else can read
receive() { words=$(umask 077 && head -c "$1" <&3 2>&1 >"$2${NEW_SUFFIX}") || explain "$2" "$words"; }
receive_gzip() { words=$(umask 077 && { head -c "$1" <&3 | gzip -dc; } 2>&1 >"$2${NEW_SUFFIX}") || explain "$2" "$words"; }

# verify: reads "SHA256  PATH${NEW_SUFFIX}" lines
verify() {
  wrong=$(sha256sum -c --quiet - 2>/dev/null) && return
  wrong=\${wrong%%${NEW_SUFFIX}: *}
  give_up uploadCut "$wrong"
}

# keep_before PATH: a second name for what is there, unless an older one was kept already
keep_before() {
  [ ! -e "$1" ] || [ -e "$1${BEFORE_SUFFIX}" ] || ln -- "$1" "$1${BEFORE_SUFFIX}" || cp -p -- "$1" "$1${BEFORE_SUFFIX}" || exit
}

restore_before() { [ ! -e "$1${BEFORE_SUFFIX}" ] || mv -fT -- "$1${BEFORE_SUFFIX}" "$1" || exit; }

# flush PATH...: to the disk; a full disk may only be noticed here
flush() { words=$(sync -- "$@" 2>&1) || explain "$1" "$words"; }

relabel() { if [ -e /sys/fs/selinux/enforce ] && command -v restorecon >/dev/null; then restorecon -- "$@" >&2; fi; }

make_user() {
  id -u -- "$1" >/dev/null 2>&1 && return
  for shell in /usr/sbin/nologin /sbin/nologin /bin/false; do [ -x "$shell" ] && break; done
  if getent group "$1" >/dev/null; then group="-g $1"; else group=-U; fi
  # shellcheck disable=SC2086
  useradd --system $group --no-create-home --home-dir /nonexistent --shell "$shell" -- "$1" >&2 || exit
}

remove_user() {
  if id -u -- "$1" >/dev/null 2>&1; then userdel -- "$1" >&2 || exit; fi
  if getent group "$1" >/dev/null; then groupdel -- "$1" >&2 || exit; fi
}

# empty or busy (a mount point) is as good as gone
remove_tree() { rm -rf --one-file-system -- "$1" || [ -z "$(ls -A -- "$1")" ] || exit; }

# set_kernel NUMBER PATH VALUE
set_kernel() {
  if words=$({ printf '%s\\n' "$3" >"$2"; } 2>&1); then outcome "$1" done; else outcome "$1" refused "$words"; fi
}

# firewall COMMAND
firewall() { (eval "$1") >&2 3<&- || { code=$?; printf '%s\\n' "$1" >&2; exit "$code"; }; }

# must_read NUMBER UNIT...: whether systemd knows something that the disk says otherwise; the first NUMBER units were enabled just now.
# Reading everything again takes longer than all the rest, and new units need it as little as they need it by hand.
must_read() {
  enabled=$1
  shift
  systemctl show --no-pager -p NeedDaemonReload '*.service' '*.timer' | grep -q yes && return
  systemctl show --no-pager -p LoadState,UnitFileState -- "$@" | {
    while read -r line; do
      case "$line" in
        LoadState=loaded) ;;
        LoadState=*) exit 0 ;;
        UnitFileState=disabled) [ "$enabled" -le 0 ] || exit 0 ;;
        '') enabled=$((enabled - 1)) ;;
      esac
    done
    exit 1
  }
}

service_failed() {
  journalctl -q -n 40 --no-pager -o cat -u "$1" >&2
  give_up serviceFailed "$1" "$2"
}

# settled UNIT...: each runs, or has done its work
settled() {
  for unit in "$@"; do
    active= sub= type=
    while IFS='=' read -r key value; do
      case "$key" in ActiveState) active=$value ;; SubState) sub=$value ;; Type) type=$value ;; esac
    done <<END
$(systemctl show --no-pager -p ActiveState,SubState,Type -- "$unit")
END
    case "$active/$sub/$type" in
      */auto-restart/*) service_failed "$unit" "$active ($sub)" ;;
      active/* | activating/* | reloading/* | inactive/dead/oneshot) ;;
      *) service_failed "$unit" "$active ($sub)" ;;
    esac
  done
}

# work VERB UNIT...: start or restart, then look
work() {
  verb=$1
  shift
  systemctl reset-failed -- "$@" 2>/dev/null
  systemctl "$verb" -- "$@" >&2
  code=$?
  settled "$@"
  [ "$code" -eq 0 ] || exit "$code"
}

disable_units() {
  systemctl stop -- "$@" 2>/dev/null
  for unit in "$@"; do
    state=$(systemctl is-active -- "$unit")
    case "$state" in active | activating | deactivating | reloading) service_failed "$unit" "$state" ;; esac
    case "$(systemctl is-enabled -- "$unit" 2>/dev/null)" in enabled*) systemctl --quiet disable -- "$unit" >&2 || exit ;; esac
  done
  systemctl reset-failed -- "$@" 2>/dev/null
  :
}
`;
