#!/bin/sh
# Keeps one practice server running, or takes away what one left behind.
#   serverKeeper.sh keep|clean SERVER_FOLDER NAME HUB_FILE HUB_PORT MAC_ADDRESS ADDRESS_WITH_LENGTH
# Everything is in functions so that the shell has read the whole file before it starts: it may change while servers run.
set -u

# The control groups that systemd uses: its own hierarchy beside the old ones, the unified one beside them, or the unified one alone.
control_groups() {
  for top in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
    [ -e "$top/cgroup.procs" ] && echo "$top/triad-practice-$name"
  done
}

clean() {
  nsenter --net="$hub" ip link delete "$port" 2> /dev/null
  # Once for the namespace of this boot, and again if an earlier clean-up was cut short.
  while umount "$network" 2> /dev/null; do :; done
  rm -f "$network"
  # The kernel ends the processes of a killed server one after the other, its first one seemingly before the others: at most 5 s.
  tries=0
  for group in $(control_groups); do
    while [ -d "$group" ] && [ "$tries" -lt 250 ]; do
      find "$group" -depth -type d -exec rmdir {} + 2> /dev/null && break
      tries=$((tries + 1))
      sleep 0.02
    done
  done
  # What a killed nspawn leaves on this machine: its lock on the folder, which is named by device and inode, and its channels into the server.
  [ -d "$folder/root" ] && rm -f "/run/systemd/nspawn/locks/inode-$(stat -c %d:%i "$folder/root")"
  rm -rf "/run/systemd/nspawn/propagate/$name" "/run/systemd/nspawn/unix-export/$name"
  return 0
}

# A new network namespace for each boot: firewall rules live in it, and after a reboot only those may be there that the server sets up itself.
connect() {
  : > "$network" &&
    unshare --net="$network" true &&
    nsenter --net="$network" ip link set lo up &&
    nsenter --net="$hub" ip link add "$port" type veth peer name eth0 address "$mac" netns "$network" &&
    nsenter --net="$network" ip address add "$address" dev eth0 &&
    nsenter --net="$network" ip link set eth0 up &&
    nsenter --net="$hub" ip link set "$port" master br0 up &&
    if [ -e "$folder/blocks.nft" ]; then nsenter --net="$hub" nft -f "$folder/blocks.nft"; fi
}

# A control group of its own for each server. In a shared one, the systemd of one server finds the processes of the others in its units and
# cannot name them: `systemctl kill` then says "Input/output error", and stopping a unit waits for strangers.
boot() (
  # A Windows server: a Wine prefix instead of a system of its own, with a host process that ends with 133 as nspawn does. `fixedAddresses` of
  # winePrefix.ts says what setarch is for.
  if [ -e "$folder/windows.json" ]; then
    exec nsenter --net="$network" unshare --mount --uts --ipc --pid --fork --kill-child=KILL --mount-proc \
      setarch --addr-no-randomize sh "$here/windows/windowsInit.sh" "$folder" "$name" "$folder/node"
  fi
  for group in $(control_groups); do
    mkdir -p "$group" && echo 0 > "$group/cgroup.procs"
  done
  SYSTEMD_NSPAWN_API_VFS_WRITABLE=network SYSTEMD_NSPAWN_TMPFS_TMP=0 exec systemd-nspawn --quiet --register=no --keep-unit \
    --capability=CAP_NET_ADMIN,CAP_NET_RAW --network-namespace-path="$network" --link-journal=no --resolv-conf=off --timezone=off \
    --console=read-only -D "$folder/root" -M "$name" --boot
)

keep() {
  while :; do
    clean
    connect || exit 1
    boot
    # 133 is how nspawn with --keep-unit says that the server asked for a reboot.
    ended=$?
    echo "[practice] $name ended with code $ended"
    clean
    [ "$ended" = 133 ] || exit "$ended"
  done
}

here=$(dirname "$(readlink -f "$0")")
mode=$1 folder=$2 name=$3 hub=$4 port=$5 mac=$6 address=$7
network=$folder/net
case $mode in
  keep) keep ;;
  clean) clean ;;
  *) exit 64 ;;
esac
