// The wrapper's own log, service.log in the node's folder, and the rotation of Redis' log, which Redis never does itself.
#include "triad.h"

#include <stdarg.h>

static wchar_t own_log[PATH_CHARS];
static uint64_t most_bytes;
static DWORD files_kept;

static uint64_t size_of(const wchar_t *path) {
  WIN32_FILE_ATTRIBUTE_DATA data;
  if (!GetFileAttributesExW(path, GetFileExInfoStandard, &data)) return 0;
  return ((uint64_t)data.nFileSizeHigh << 32) | data.nFileSizeLow;
}

static bool move(const wchar_t *from, const wchar_t *to) {
  for (int attempt = 0; attempt < 20; attempt++) {
    if (MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING) || GetLastError() == ERROR_FILE_NOT_FOUND) return true;
    Sleep(25);
  }
  return false;
}

// x.log -> x.log.1 -> x.log.2 ... Redis opens its log anew for every line, so the moment between two lines is soon found. One that somebody reads
// without letting it be moved is written on, and tried again at the next look; the older ones are moved only when it could be.
static void rotate(const wchar_t *path, uint64_t limit, DWORD keep) {
  wchar_t from[PATH_CHARS], to[PATH_CHARS], aside[PATH_CHARS];
  if (!print_text(aside, COUNT_OF(aside), L"%ls.0", path)) return;
  // There already where the last time came to nothing half way.
  if (GetFileAttributesW(aside) == INVALID_FILE_ATTRIBUTES && (size_of(path) < limit || !move(path, aside))) return;
  for (DWORD number = keep; number >= 1; number--) {
    bool fits = print_text(to, COUNT_OF(to), L"%ls.%lu", path, number) && print_text(from, COUNT_OF(from), L"%ls.%lu", path, number - 1);
    if (!fits || !move(from, to)) return;
  }
}

void log_open(const ServiceIni *ini) {
  print_text(own_log, COUNT_OF(own_log), L"%ls\\service.log", ini->folder);
  most_bytes = ini->log_max_bytes;
  files_kept = ini->log_keep;
}

static void append(const char *bytes, size_t length) {
  HANDLE file = CreateFileW(own_log, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return;
  DWORD written;
  WriteFile(file, bytes, (DWORD)length, &written, NULL);
  CloseHandle(file);
}

void log_line(const wchar_t *format, ...) {
  wchar_t text[1024];
  char line[3200], words[3072];
  SYSTEMTIME now;
  va_list values;
  if (!own_log[0]) return;
  va_start(values, format);
  int length = _vsnwprintf(text, COUNT_OF(text) - 1, format, values);
  va_end(values);
  text[length < 0 ? COUNT_OF(text) - 1 : (size_t)length] = 0;
  text_to_utf8(text, words, sizeof words);
  GetSystemTime(&now);
  snprintf(line, sizeof line, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ %s\r\n", now.wYear, now.wMonth, now.wDay, now.wHour, now.wMinute, now.wSecond,
           now.wMilliseconds, words);
  append(line, strlen(line));
}

void rotate_logs(const ServiceIni *ini) {
  rotate(ini->log_file, ini->log_max_bytes, ini->log_keep);
  rotate(own_log, most_bytes, files_kept);
}

// The last words of a program that did not start, so that one file tells the story.
void log_file_end(const wchar_t *path) {
  char bytes[1500];
  DWORD got = 0;
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return;
  if (size_of(path) > sizeof bytes) SetFilePointer(file, -(LONG)sizeof bytes, NULL, FILE_END);
  if (ReadFile(file, bytes, sizeof bytes, &got, NULL) && got > 0) {
    append(bytes, got);
    if (bytes[got - 1] != '\n') append("\r\n", 2);
  }
  CloseHandle(file);
}
