import type { CallOptions, LockOutcome } from '../host.ts';
import type { HostShell } from './hostShell.ts';

/**
 * One for all clusters on a server: they share its record of what was before, its account, programs and kernel settings, and a plan that was made
 * while another run changes them would write over what that one did.
 */
const LOCK_FILE = '/run/triad.lock';
const LOCKED = 'TRIAD-LOCKED';
const HELD = 'TRIAD-HELD ';
/**
 * A connection may die without a word (a cable, a firewall, a sleeping laptop), and sshd may need hours to notice. So the lock wants a sign of
 * life, and ends without one sooner than ssh's own keep-alives (15 s to 20 s) tell us that the connection is dead: the next run finds it free.
 */
const BEAT_INTERVAL_MS = 4000;
const BEAT_PATIENCE_SECONDS = 15;
const BEAT = '.';
/** How often a lock that is held without a name on it is looked at again, 50 ms apart. */
const UNSIGNED_TRIES = 40;
/** How long an earlier run's batch is waited for whose connection was lost; starting services is what takes longest. */
const EARLIER_PATIENCE_SECONDS = 60;
/** Stands where a holder's name would: no run holds the server, but changes of one go on. */
const EARLIER_BATCH = 'TRIAD-EARLIER';

/**
 * Holds a lock in /run as long as signs of life come on standard input, so it goes with the connection and with a reboot. The file is removed
 * by its holder; a lock that was taken on a file already removed is noticed by its inode and tried again.
 *
 * A batch of changes whose connection was lost goes on without a reservation, under the lock on /etc that every batch has (`apply/`). It is
 * waited for here, before anything is looked at: a plan made meanwhile would write over what it does.
 */
function lockScript(file: string): string {
  return `lock='${file}'
IFS= read -r holder
tries=0
while :; do
  exec 9>>"$lock" || exit 1
  if ! flock -n 9; then
    other=$(head -n 1 "$lock" 2>/dev/null)
    tries=$((tries + 1))
    # Just taken and not signed yet, or about to be gone.
    if [ -z "$other" ] && [ "$tries" -lt ${UNSIGNED_TRIES} ]; then sleep 0.05; continue; fi
    echo "${HELD}$other"
    exit 0
  fi
  [ "$(stat -Lc %i /proc/self/fd/9)" = "$(stat -c %i "$lock" 2>/dev/null)" ] && break
done
printf '%s\\n' "$holder" >"$lock"
exec 8</etc || exit 1
patience=${EARLIER_PATIENCE_SECONDS}
while ! flock -n 8; do
  if [ "$patience" -le 0 ]; then rm -f "$lock"; echo '${HELD}${EARLIER_BATCH}'; exit 0; fi
  patience=$((patience - 1))
  # A second, or less where the run that waits has gone.
  timeout 1 head -c 1 >/dev/null
  [ $? -eq 124 ] || { rm -f "$lock"; exit 1; }
done
exec 8<&-
echo ${LOCKED}
while beat=$(timeout ${BEAT_PATIENCE_SECONDS} head -c 1) && [ -n "$beat" ]; do :; done
rm -f "$lock"
`;
}

/** Takes the lock and keeps it alive; see `Host.holdLock`. */
export async function holdLock(shell: HostShell, holder: string, options?: CallOptions): Promise<LockOutcome> {
  const running = await shell.start({ name: 'lockServers', script: lockScript(LOCK_FILE), input: [Buffer.from(`${holder}\n`)] }, options);
  const line = await running.waitForLine((text) => text === LOCKED || text.startsWith(HELD), {
    deadlineMs: (EARLIER_PATIENCE_SECONDS + 15) * 1000,
    ...options,
  });
  if (line !== LOCKED) {
    const other = line.slice(HELD.length);
    return other === EARLIER_BATCH ? { kind: 'earlierBatch' } : { kind: 'held', holder: other };
  }
  const beating = setInterval(() => running.write(BEAT), BEAT_INTERVAL_MS);
  const end = async (bounds?: CallOptions): Promise<void> => {
    clearInterval(beating);
    await running.end(bounds);
  };
  return { kind: 'taken', lock: { end } };
}
