// Linked into the stand-in for redis-server.exe. Who suspends its threads means Redis, which is the Linux program behind it. Wine suspends a thread by a signal
// to it, whose handler returns when the thread is resumed. So the handler of the thread that waits for the Linux program stops that before, and lets it go on
// afterwards. Wine uses the signal for some other requests too: then it stands still for a moment in which it would not have been served either.
#include "linuxCall.h"

enum { SUSPENDS = 10 /* SIGUSR1 */, GO_ON = 18 /* SIGCONT */, STAND_STILL = 19 /* SIGSTOP */ };
#define MASK_BYTES 8

typedef void(__attribute__((sysv_abi)) * Handler)(int number, void *info, void *context);

/* As the kernel has it. */
struct action {
  Handler handler;
  unsigned long long flags, restorer, mask;
};

static struct action wines;
static int waiting_thread;

static __attribute__((sysv_abi)) void on_suspension(int number, void *info, void *context) {
  int thread = (int)linux_call(GETTID, 0, 0, 0, 0, 0);
  int child = thread == waiting_thread ? child_of(thread) : 0;
  if (child != 0) linux_call(KILL, child, STAND_STILL, 0, 0, 0);
  wines.handler(number, info, context);
  if (child != 0) linux_call(KILL, child, GO_ON, 0, 0, 0);
}

/* To be called by the thread that then starts the Linux program. */
void pass_suspension_on(void) {
  struct action ours;
  waiting_thread = (int)linux_call(GETTID, 0, 0, 0, 0, 0);
  if (linux_call(SIGACTION, SUSPENDS, 0, (long long)(intptr_t)&wines, MASK_BYTES, 0) != 0) return;
  ours = wines;
  ours.handler = on_suspension;
  linux_call(SIGACTION, SUSPENDS, (long long)(intptr_t)&ours, 0, MASK_BYTES, 0);
}
