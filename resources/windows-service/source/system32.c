// Libraries out of the system's folder, and of no other.
#include "system32.h"

FARPROC system_function(const wchar_t *library, const char *name) {
  // Counted by Windows and loaded once; it stays until we end.
  HMODULE module = LoadLibraryExW(library, NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
  FARPROC function = module ? GetProcAddress(module, name) : NULL;
  if (function) return function;
  DWORD error = GetLastError();
  ExitProcess((UINT)fail(module ? "GetProcAddress" : "LoadLibraryExW", error, library));
}
