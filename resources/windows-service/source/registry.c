// Single values of the registry, always the 64-bit view.
#include "triad.h"

bool registry_text(HKEY root, const wchar_t *key, const wchar_t *value, wchar_t *to, size_t chars) {
  DWORD bytes = (DWORD)(chars * sizeof *to);
  if (RegGetValueW(root, key, value, RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY, NULL, to, &bytes) == 0) return true;
  to[0] = 0;
  return false;
}

bool registry_number(HKEY root, const wchar_t *key, const wchar_t *value, DWORD *number) {
  DWORD bytes = sizeof *number;
  return RegGetValueW(root, key, value, RRF_RT_REG_DWORD | RRF_SUBKEY_WOW6464KEY, NULL, number, &bytes) == 0;
}
