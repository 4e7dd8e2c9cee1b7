// Linked into the stand-in for redis-server.exe. The sockets of the Linux program behind it are none of Wine's, which then tells nobody whose they are. So this
// process takes copies of those that listen: Wine looks for a socket's owner among the files of its own processes. The copies end with the process, as the Linux
// program does.
#include "linuxCall.h"

enum { SOL_SOCKET_OF_LINUX = 1, SO_ACCEPTCONN_OF_LINUX = 30 };
#define FIRST_FILE 3
#define FILES 32
/* Short while it starts, and then hardly ever: what listens stays the same. */
#define STARTING_MS 20
#define STARTING_ROUNDS 100
#define RUNNING_MS 500

static int is_listening(int file) {
  int value = 0, size = sizeof value;
  return linux_call(GETSOCKOPT, file, SOL_SOCKET_OF_LINUX, SO_ACCEPTCONN_OF_LINUX, (long long)(intptr_t)&value, (long long)(intptr_t)&size) == 0 && value;
}

/* Keeps a copy of each file of the program that listens, under the same place of its list. Whether a place changed its meaning shows when it no longer listens there. */
static DWORD WINAPI watch(void *thread) {
  static int copies[FILES];
  int child = 0, rounds = 0;
  while ((child = child_of((int)(intptr_t)thread)) == 0) Sleep(STARTING_MS);
  long long process = linux_call(PIDFD_OPEN, child, 0, 0, 0, 0);
  while (process >= 0) {
    for (int at = FIRST_FILE; at < FILES; at++) {
      long long file = linux_call(PIDFD_GETFD, process, at, 0, 0, 0);
      int listens = file >= 0 && is_listening((int)file);
      if (listens && copies[at] == 0) copies[at] = (int)file;
      else if (file >= 0) linux_call(CLOSE, file, 0, 0, 0, 0);
      if (!listens && copies[at] != 0) {
        linux_call(CLOSE, copies[at], 0, 0, 0, 0);
        copies[at] = 0;
      }
    }
    Sleep(rounds < STARTING_ROUNDS ? STARTING_MS : RUNNING_MS);
    rounds++;
  }
  return 0;
}

/* To be called by the thread that then starts the Linux program. */
void own_listeners(void) {
  CloseHandle(CreateThread(NULL, 0, watch, (void *)(intptr_t)linux_call(GETTID, 0, 0, 0, 0, 0), 0, NULL));
}
