// A hold: the file `hold` in a node's folder, with the time (unix seconds) until which the wrapper must not start Redis. Without it a node that
// was killed for a failover test would be back before the failover.
#include "triad.h"

static bool hold_path(const wchar_t *folder, wchar_t path[PATH_CHARS]) { return print_text(path, PATH_CHARS, L"%ls\\hold", folder); }

bool is_held(const wchar_t *folder) {
  wchar_t path[PATH_CHARS];
  char bytes[32] = "";
  DWORD got = 0;
  if (!hold_path(folder, path)) return false;
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return false;
  if (!ReadFile(file, bytes, sizeof bytes - 1, &got, NULL)) got = 0;
  CloseHandle(file);
  bytes[got] = 0;
  uint64_t until = strtoull(bytes, NULL, 10), now = unix_time_ms() / 1000;
  // Further away than a hold can last: the clock has been set back since.
  if (until > now && until - now <= HOLD_SECONDS) return true;
  DeleteFileW(path);
  return false;
}

DWORD hold_node(const wchar_t *folder) {
  wchar_t path[PATH_CHARS], unfinished[PATH_CHARS];
  char bytes[32];
  DWORD written;
  if (!hold_path(folder, path) || !print_text(unfinished, COUNT_OF(unfinished), L"%ls.new", path)) return ERROR_FILENAME_EXCED_RANGE;
  HANDLE file = CreateFileW(unfinished, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return GetLastError();
  snprintf(bytes, sizeof bytes, "%llu\r\n", (unsigned long long)(unix_time_ms() / 1000 + HOLD_SECONDS));
  DWORD error = WriteFile(file, bytes, (DWORD)strlen(bytes), &written, NULL) ? 0 : GetLastError();
  CloseHandle(file);
  // The wrapper may be looking: it must not find half of it.
  return error || MoveFileExW(unfinished, path, MOVEFILE_REPLACE_EXISTING) ? error : GetLastError();
}

void release_node(const wchar_t *folder) {
  wchar_t path[PATH_CHARS];
  if (hold_path(folder, path)) DeleteFileW(path);
}
