// Tests only: hold-file.exe FILE opens a file so that others may read and write it, but not move it; says so, and holds it until its input ends.
#include <windows.h>
#include <stdio.h>

int main(int count, char **words) {
  if (count != 2) return 99;
  HANDLE file = CreateFileA(words[1], GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return 98;
  printf("{\"held\":true}\n");
  fflush(stdout);
  while (getchar() != EOF) continue;
  return 0;
}
