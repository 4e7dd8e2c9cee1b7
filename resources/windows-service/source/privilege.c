// Privileges of the caller: held, but off until they are asked for.
#include "triad.h"

void ask_for_privilege(const wchar_t *name) {
  TOKEN_PRIVILEGES wanted = {.PrivilegeCount = 1, .Privileges = {{.Attributes = SE_PRIVILEGE_ENABLED}}};
  HANDLE token;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY, &token)) return;
  if (LookupPrivilegeValueW(NULL, name, &wanted.Privileges[0].Luid)) AdjustTokenPrivileges(token, FALSE, &wanted, 0, NULL, NULL);
  CloseHandle(token);
}
