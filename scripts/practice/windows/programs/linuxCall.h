// Calls of Linux, not of Windows: Wine's programs run as they are, and may make them.
#ifndef PRACTICE_LINUX_CALL_H
#define PRACTICE_LINUX_CALL_H
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

enum { READ = 0, OPEN = 2, CLOSE = 3, SIGACTION = 13, GETSOCKOPT = 55, KILL = 62, GETTID = 186, PIDFD_OPEN = 434, PIDFD_GETFD = 438 };

__attribute__((unused)) static long long linux_call(long long number, long long a, long long b, long long c, long long d, long long e) {
  long long result;
  register long long r10 __asm__("r10") = d;
  register long long r8 __asm__("r8") = e;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
  return result;
}

/* The one child of a thread; 0 as long as there is none. */
__attribute__((unused)) static int child_of(int thread) {
  char path[64], text[32] = {0};
  long long list;
  sprintf(path, "/proc/self/task/%d/children", thread);
  list = linux_call(OPEN, (long long)(intptr_t)path, 0, 0, 0, 0);
  if (list < 0) return 0;
  linux_call(READ, list, (long long)(intptr_t)text, sizeof text - 1, 0, 0);
  linux_call(CLOSE, list, 0, 0, 0, 0);
  return atoi(text);
}

#endif
