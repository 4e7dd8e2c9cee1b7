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
  if (strtoull(bytes, NULL, 10) > unix_time_ms() / 1000) return true;
  DeleteFileW(path);
  return false;
}

DWORD hold_node(const wchar_t *folder, DWORD seconds) {
  wchar_t path[PATH_CHARS];
  char bytes[32];
  DWORD written;
  if (!hold_path(folder, path)) return ERROR_FILENAME_EXCED_RANGE;
  HANDLE file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return GetLastError();
  snprintf(bytes, sizeof bytes, "%llu\r\n", (unsigned long long)(unix_time_ms() / 1000 + seconds));
  DWORD error = WriteFile(file, bytes, (DWORD)strlen(bytes), &written, NULL) ? 0 : GetLastError();
  CloseHandle(file);
  return error;
}

void release_service(SC_HANDLE manager, const wchar_t *name) {
  static ServiceIni ini;
  wchar_t path[PATH_CHARS], problem[PATH_CHARS];
  if (service_ini_path(manager, name, path, COUNT_OF(path)) || read_ini(path, &ini, problem, COUNT_OF(problem))) return;
  if (hold_path(ini.folder, path)) DeleteFileW(path);
}
