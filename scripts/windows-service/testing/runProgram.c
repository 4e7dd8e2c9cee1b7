// Tests only: runs the rest of its command line and tells the 32-bit exit code as the last line of stderr, since Linux cuts it to 8 bits.
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

int wmain(void) {
  wchar_t *line = GetCommandLineW();
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION made;
  DWORD code;
  // Our own name: quoted, or up to the first space.
  wchar_t *end = *line == L'"' ? wcschr(line + 1, L'"') : wcschr(line, L' ');
  if (!end) return 99;
  if (*end == L'"') end++;
  while (*end == L' ') end++;
  // Wine on a busy machine: about one start in some hundreds ends with "internal error" before the program's first instruction.
  BOOL started = FALSE;
  for (int attempt = 0; !started && attempt < 3; attempt++) {
    started = CreateProcessW(NULL, end, NULL, NULL, TRUE, 0, NULL, NULL, &start, &made);
    if (!started && GetLastError() != ERROR_INTERNAL_ERROR) break;
  }
  if (!started) {
    fprintf(stderr, "cannot start: %lu\n", GetLastError());
    return 98;
  }
  WaitForSingleObject(made.hProcess, INFINITE);
  GetExitCodeProcess(made.hProcess, &code);
  fprintf(stderr, "\nEXIT %lu\n", code);
  return 0;
}
