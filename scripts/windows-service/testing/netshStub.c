// Tests only: stands in for netsh.exe, whose copy in Wine says nothing and does nothing. Appends its command line to C:\netsh.calls and ends with
// the code that stands in C:\netsh.code, 0 without one.
#include <windows.h>
#include <stdio.h>

int main(void) {
  int code = 0;
  FILE *calls = fopen("C:\\netsh.calls", "a"), *wanted = fopen("C:\\netsh.code", "r");
  if (!calls) return 99;
  fprintf(calls, "%s\n", GetCommandLineA());
  fclose(calls);
  if (wanted && fscanf(wanted, "%d", &code) != 1) code = 98;
  return code;
}
