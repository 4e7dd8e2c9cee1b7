#!/bin/sh
# The first process of a practice Windows server: dresses its namespaces, runs its host and waits for all that loses its parents.
#   windowsInit.sh SERVER_FOLDER NAME NODE
# Run by serverKeeper.sh; all mounts made here are in the server's own mount namespace and go with it.
set -eu

# What is not the server's own can only be read from here: a command for a server must not change this machine.
protect() {
  mount --rbind "$folder" "$folder"
  for point in $(cut -d' ' -f5 /proc/self/mountinfo); do
    case $point in
      "$folder" | "$folder"/* | /proc | /proc/* | /sys | /sys/* | /dev | /dev/*) ;;
      *) mount -o remount,bind,ro "$point" 2> /dev/null || : ;;
    esac
  done
}

dress() {
  hostname "$name"
  # Wine calls the user of Windows as this file calls root.
  sed "s/^root:/$user:/" /etc/passwd > "$folder/passwd"
  mount --bind "$folder/passwd" /etc/passwd
  # Wine makes the hardware's UUID of it, and servers on one hardware are taken for one machine.
  printf %s "$folder" | md5sum | cut -c1-32 > "$folder/machine-id"
  for file in /etc/machine-id /var/lib/dbus/machine-id; do
    [ ! -e "$file" ] || mount --bind "$folder/machine-id" "$file"
  done
  # Left by a power cut.
  rm -rf "$folder"/sockets/*
  # What the Linux programs behind Redis' .exe files see as their root: C:\ is /c, as for programs made with msys2.
  msys=$folder/msys
  mkdir -p "$msys"
  mount -t tmpfs -o mode=755,size=1m tmpfs "$msys"
  mkdir "$msys/c" "$msys/proc" "$msys/dev" "$msys/tmp" "$msys/programs" "$msys/service"
  mount --bind "$folder/root/drive_c" "$msys/c"
  mount -t proc proc "$msys/proc"
  for device in null urandom; do
    : > "$msys/dev/$device"
    mount --bind "/dev/$device" "$msys/dev/$device"
  done
  mount --bind "$folder/redis" "$msys/programs"
  # Where a service without a wrapper begins: nothing can be written there, as in System32, but `C:/...` leads to C:\.
  ln -s /c "$msys/service/C:"
  mount --bind "$msys/service" "$msys/service"
  mount -o remount,bind,ro "$msys/service"
}

folder=$1 name=$2 node=$3
user=Administrator
protect
dress
set +e
"$node" "${0%/*}/host/host.ts" "$folder" < /dev/null &
host=$!
# The power button. `wait` ends with each signal, and reaps every other process that ends meanwhile.
trap 'kill -TERM "$host"' TERM
while :; do
  wait "$host"
  ended=$?
  kill -0 "$host" 2> /dev/null || exit "$ended"
done
