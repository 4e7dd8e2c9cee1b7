// The ini of a service: UTF-8, KEY=VALUE lines below [service]. Windows' own reader of ini files takes the machine's code page and cuts lines.
#include "triad.h"

#define MOST_BYTES 32768

typedef struct {
  const char *key;
  wchar_t *to;
  size_t chars;
} TextKey;

typedef struct {
  const char *key;
  uint64_t least, most, standard, *to;
} NumberKey;

static DWORD read_file(const wchar_t *path, char bytes[MOST_BYTES + 1]) {
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return GetLastError();
  DWORD got = 0, length = 0, error = 0;
  while (!error && length <= MOST_BYTES) {
    if (!ReadFile(file, bytes + length, MOST_BYTES + 1 - length, &got, NULL)) error = GetLastError();
    else if (got == 0) break;
    length += got;
  }
  CloseHandle(file);
  if (error) return error;
  if (length > MOST_BYTES) return ERROR_FILE_TOO_LARGE;
  bytes[length] = 0;
  return 0;
}

static bool set_text(const TextKey *keys, size_t count, const char *key, const char *value, bool *known) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(keys[i].key, key) != 0) continue;
    *known = true;
    return utf8_to_text(value, (int)strlen(value), keys[i].to, keys[i].chars);
  }
  return true;
}

static bool set_number(const NumberKey *keys, size_t count, const char *key, const char *value, bool *known) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(keys[i].key, key) != 0) continue;
    wchar_t text[32];
    *known = true;
    return utf8_to_text(value, (int)strlen(value), text, COUNT_OF(text)) && read_number(text, keys[i].least, keys[i].most, keys[i].to);
  }
  return true;
}

static bool set_start(const wchar_t *start, ServiceIni *ini) {
  ini->delayed = wcscmp(start, L"delayed") == 0;
  if (ini->delayed || wcscmp(start, L"auto") == 0) ini->start_type = SERVICE_AUTO_START;
  else if (wcscmp(start, L"demand") == 0) ini->start_type = SERVICE_DEMAND_START;
  else if (wcscmp(start, L"disabled") == 0) ini->start_type = SERVICE_DISABLED;
  else return false;
  return true;
}

// As many numbers as there are restarts, with commas between them.
static bool set_pauses(wchar_t *list, ServiceIni *ini) {
  wchar_t *rest = NULL;
  wchar_t *word = wcstok_s(list, L",", &rest);
  for (size_t i = 0; i < RESTARTS; i++, word = wcstok_s(NULL, L",", &rest)) {
    uint64_t pause;
    if (!word || !read_number(word, 1, 3600000, &pause)) return false;
    ini->restart_pauses_ms[i] = (DWORD)pause;
  }
  return word == NULL;
}

static bool is_absolute(const wchar_t *path) { return path[0] && path[1] == L':' && path[2] == L'\\'; }

// What is relative lies in the folder of the node.
static bool put_below(wchar_t *path, const wchar_t *folder) {
  wchar_t whole[PATH_CHARS];
  if (path[0] == 0 || is_absolute(path)) return true;
  return print_text(whole, COUNT_OF(whole), L"%ls\\%ls", folder, path) && copy_text(path, PATH_CHARS, whole);
}

static DWORD wrong(const wchar_t *what, wchar_t *problem, size_t chars) {
  copy_text(problem, chars, what);
  return ERROR_INVALID_DATA;
}

static DWORD complete(ServiceIni *ini, const wchar_t *start, wchar_t *pauses, wchar_t *problem, size_t chars) {
  if (!ini->name[0] || wcspbrk(ini->name, L"\\/\"")) return wrong(L"name", problem, chars);
  if (!is_absolute(ini->program) || wcschr(ini->program, L'"')) return wrong(L"program", problem, chars);
  if (!is_absolute(ini->folder)) return wrong(L"folder", problem, chars);
  if (wcslen(ini->program_sha256) != 64) return wrong(L"programSha256", problem, chars);
  if (!ini->port) return wrong(L"port", problem, chars);
  if (!set_start(start[0] ? start : L"auto", ini)) return wrong(L"start", problem, chars);
  if (!set_pauses(pauses, ini)) return wrong(L"restartPausesMs", problem, chars);
  if (!ini->display[0]) copy_text(ini->display, COUNT_OF(ini->display), ini->name);
  if (!ini->account[0] && !print_text(ini->account, COUNT_OF(ini->account), L"NT SERVICE\\%ls", ini->name))
    return wrong(L"name", problem, chars);
  if (!ini->address[0]) copy_text(ini->address, COUNT_OF(ini->address), L"127.0.0.1");
  if (!ini->arguments[0]) copy_text(ini->arguments, COUNT_OF(ini->arguments), L"redis.conf");
  if (!ini->log_file[0]) copy_text(ini->log_file, COUNT_OF(ini->log_file), L"redis.log");
  if (!put_below(ini->log_file, ini->folder)) return wrong(L"logFile", problem, chars);
  if (!put_below(ini->password_file, ini->folder)) return wrong(L"passwordFile", problem, chars);
  return 0;
}

DWORD read_ini(const wchar_t *path, ServiceIni *ini, wchar_t *problem, size_t chars) {
  static char bytes[MOST_BYTES + 1];
  wchar_t start[16] = L"", pauses[80] = L"1000,5000,15000,60000,60000";
  uint64_t port = 0, ready_ms = 0, stop_ms = 0, log_keep = 0;
  *ini = (ServiceIni){0};
  const TextKey texts[] = {
      {"name", ini->name, COUNT_OF(ini->name)},
      {"display", ini->display, COUNT_OF(ini->display)},
      {"description", ini->description, COUNT_OF(ini->description)},
      {"account", ini->account, COUNT_OF(ini->account)},
      {"dependsOn", ini->depends_on, COUNT_OF(ini->depends_on)},
      {"program", ini->program, COUNT_OF(ini->program)},
      {"arguments", ini->arguments, COUNT_OF(ini->arguments)},
      {"folder", ini->folder, COUNT_OF(ini->folder)},
      {"programSha256", ini->program_sha256, COUNT_OF(ini->program_sha256)},
      {"address", ini->address, COUNT_OF(ini->address)},
      {"user", ini->user, COUNT_OF(ini->user)},
      {"passwordFile", ini->password_file, COUNT_OF(ini->password_file)},
      {"logFile", ini->log_file, COUNT_OF(ini->log_file)},
      {"start", start, COUNT_OF(start)},
      {"restartPausesMs", pauses, COUNT_OF(pauses)},
  };
  const NumberKey numbers[] = {
      {"port", 1, 65535, 0, &port},
      {"readyMs", 1000, 3600000, 60000, &ready_ms},
      {"stopMs", 1000, 3600000, 60000, &stop_ms},
      {"logMaxBytes", 1000, 1u << 30, 10 * 1024 * 1024, &ini->log_max_bytes},
      {"logKeep", 1, 20, 5, &log_keep},
  };
  for (size_t i = 0; i < COUNT_OF(numbers); i++) *numbers[i].to = numbers[i].standard;

  DWORD error = read_file(path, bytes);
  if (error) {
    copy_text(problem, chars, path);
    return error;
  }
  char *rest = bytes, *line;
  // Editors of Windows begin a text with this mark.
  if (strncmp(rest, "\xef\xbb\xbf", 3) == 0) rest += 3;
  bool is_ours = false;
  for (int number = 1; (line = rest) != NULL; number++) {
    rest = strchr(line, '\n');
    if (rest) *rest++ = 0;
    line[strcspn(line, "\r")] = 0;
    if (line[0] == 0 || line[0] == ';') continue;
    if (line[0] == '[') {
      is_ours = strcmp(line, "[service]") == 0;
      continue;
    }
    char *equals = strchr(line, '=');
    bool known = false, good = false;
    if (is_ours && equals) {
      *equals = 0;
      good = set_text(texts, COUNT_OF(texts), line, equals + 1, &known) && set_number(numbers, COUNT_OF(numbers), line, equals + 1, &known);
    }
    if (good && known) continue;
    // A setting that nobody reads would be believed to hold.
    print_text(problem, chars, L"line %d", number);
    return ERROR_INVALID_DATA;
  }
  ini->port = (uint16_t)port;
  ini->ready_ms = (DWORD)ready_ms;
  ini->stop_ms = (DWORD)stop_ms;
  ini->log_keep = (DWORD)log_keep;
  return complete(ini, start, pauses, problem, chars);
}
