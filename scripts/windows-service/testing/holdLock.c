// Tests only: hold-lock.exe NAME holds the lock of that name, as a fault that is being made holds the one of its undo; says so, and frees it when its input ends.
#include <windows.h>
#include <stdio.h>

int main(int count, char **words) {
  if (count != 2) return 99;
  HANDLE lock = CreateMutexA(NULL, FALSE, words[1]);
  if (!lock || WaitForSingleObject(lock, 0) != WAIT_OBJECT_0) return 98;
  printf("{\"held\":true}\n");
  fflush(stdout);
  while (getchar() != EOF) continue;
  return 0;
}
