// Texts with bounds, numbers, times.
#include "triad.h"

#include <stdarg.h>

bool copy_text(wchar_t *to, size_t chars, const wchar_t *from) {
  size_t length = wcslen(from);
  if (length >= chars) {
    to[0] = 0;
    return false;
  }
  memcpy(to, from, (length + 1) * sizeof *to);
  return true;
}

bool print_text(wchar_t *to, size_t chars, const wchar_t *format, ...) {
  va_list values;
  va_start(values, format);
  int length = _vsnwprintf(to, chars, format, values);
  va_end(values);
  if (length >= 0 && (size_t)length < chars) return true;
  to[0] = 0;
  return false;
}

bool utf8_to_text(const char *from, int bytes, wchar_t *to, size_t chars) {
  int length = bytes == 0 ? 0 : MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, from, bytes, to, (int)chars - 1);
  to[length] = 0;
  return length > 0 || bytes == 0;
}

bool text_to_utf8(const wchar_t *from, char *to, size_t bytes) {
  if (WideCharToMultiByte(CP_UTF8, 0, from, -1, to, (int)bytes, NULL, NULL) > 0) return true;
  to[0] = 0;
  return false;
}

bool read_number(const wchar_t *text, uint64_t least, uint64_t most, uint64_t *number) {
  size_t length = wcslen(text);
  if (length == 0 || length > 18) return false;
  uint64_t value = 0;
  for (; *text; text++) {
    if (*text < L'0' || *text > L'9') return false;
    value = value * 10 + (uint64_t)(*text - L'0');
  }
  if (value < least || value > most) return false;
  *number = value;
  return true;
}

bool starts_with(const wchar_t *text, const wchar_t *start) { return wcsncmp(text, start, wcslen(start)) == 0; }

// Windows counts units of 100 ns since 1601.
uint64_t file_time_to_unix_ms(FILETIME time) {
  uint64_t units = ((uint64_t)time.dwHighDateTime << 32) | time.dwLowDateTime;
  uint64_t unix_epoch = 116444736000000000ull;
  return units < unix_epoch ? 0 : (units - unix_epoch) / 10000;
}

uint64_t unix_time_ms(void) {
  FILETIME now;
  GetSystemTimePreciseAsFileTime(&now);
  return file_time_to_unix_ms(now);
}
