// The verbs of triad-service.exe, and the ones that need no file of their own.
#include "triad.h"

#include <fcntl.h>
#include <io.h>

// mingw would replace a word with a star by the names of files.
int _dowildcard = 0;

static const struct {
  const wchar_t *name;
  // Fewest and most words after it.
  int least, most;
  int (*run)(int count, wchar_t **words);
} verbs[] = {
    {L"version", 0, 0, verb_version},
    {L"clock", 0, 0, verb_clock},
    {L"hash", 1, 500, verb_hash},
    {L"observe", 0, 0, verb_observe},
    {L"listen", 3, 66, verb_listen},
    {L"connect", 2, 257, verb_connect},
    {L"install", 1, 1, verb_install},
    {L"status", 1, 64, verb_status},
    {L"start", 2, 2, verb_start},
    {L"stop", 2, 2, verb_stop},
    {L"remove", 1, 1, verb_remove},
    {L"service", 1, 1, verb_service},
    {L"acl", 1, 2, verb_acl},
    {L"folders", 1, 1, verb_folders},
    {L"stage", 1, 1, verb_stage},
    {L"place", 1, 1, verb_place},
    {L"remove-tree", 1, 1, verb_remove_tree},
    {L"firewall", 1, 8, verb_firewall},
    {L"lock", 1, 1, verb_lock},
    {L"undo", 2, 64, verb_undo},
    {L"undo-service", 3, 64, verb_undo_service},
    {L"kill", 2, 64, verb_kill},
    {L"crash", 2, 64, verb_crash},
    {L"freeze", 2, 64, verb_freeze},
};

static const wchar_t *architecture(void) {
#if defined(__x86_64__)
  return L"x64";
#elif defined(__aarch64__)
  return L"arm64";
#endif
}

int verb_version(int count, wchar_t **words) {
  (void)count, (void)words;
  json_open('{');
  json_pair_text("version", TRIAD_VERSION);
  json_pair_text("architecture", architecture());
  json_pair_number("timeMs", unix_time_ms());
  json_close('}');
  return json_print(0);
}

int verb_hash(int count, wchar_t **words) {
  DWORD first_error = 0;
  json_open('{');
  json_key("files");
  json_open('[');
  for (int i = 0; i < count; i++) {
    wchar_t hash[HASH_TEXT_CHARS];
    uint64_t size = 0;
    DWORD error = hash_file(words[i], hash, &size);
    json_open('{');
    json_pair_text("path", words[i]);
    if (error) {
      json_pair_number("error", error);
      if (!first_error) first_error = error;
    } else {
      json_pair_text("sha256", hash);
      json_pair_number("sizeBytes", size);
    }
    json_close('}');
  }
  json_close(']');
  json_close('}');
  return json_print(first_error);
}

// mingw starts this where it is told -municode.
int wmain(int count, wchar_t **words);

int wmain(int count, wchar_t **words) {
  // Only what is installed with Windows may be loaded: a DLL beside us in a folder of uploads must not be.
  SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);
  // A missing disk or a broken program must not open a message box that nobody sees.
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  _setmode(_fileno(stdout), _O_BINARY);
  _setmode(_fileno(stdin), _O_BINARY);
  WSADATA sockets;
  int error = WSAStartup(MAKEWORD(2, 2), &sockets);
  if (error) return fail("WSAStartup", (DWORD)error, NULL);
  if (count < 2) return fail("arguments", ERROR_BAD_ARGUMENTS, L"name a verb; README.md has them");
  for (size_t i = 0; i < COUNT_OF(verbs); i++) {
    if (wcscmp(words[1], verbs[i].name) != 0) continue;
    if (count - 2 < verbs[i].least || count - 2 > verbs[i].most)
      return fail("arguments", ERROR_BAD_ARGUMENTS, L"too few or too many words for this verb");
    return verbs[i].run(count - 2, words + 2);
  }
  return fail("arguments", ERROR_BAD_ARGUMENTS, L"unknown verb");
}
