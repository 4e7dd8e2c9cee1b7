// `lock`: one program at a time works on a server. The lock ends with this process, and this process with the beats from the other side, so a
// cut connection frees it although Windows' sshd may leave us running.
#include "access.h"

#define HOLDER_BYTES 256
#define BEAT_MS 15000

// First line of standard input, byte by byte: what follows are beats.
static void read_holder(char holder[HOLDER_BYTES]) {
  DWORD got = 0;
  size_t length = 0;
  char byte;
  while (length < HOLDER_BYTES - 1 && ReadFile(GetStdHandle(STD_INPUT_HANDLE), &byte, 1, &got, NULL) && got == 1 && byte != '\n')
    if (byte != '\r') holder[length++] = byte;
  holder[length] = 0;
}

static int tell_holder(const wchar_t *path) {
  char holder[HOLDER_BYTES];
  DWORD got = 0;
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
  if (file != INVALID_HANDLE_VALUE) {
    if (!ReadFile(file, holder, sizeof holder, &got, NULL)) got = 0;
    CloseHandle(file);
  }
  json_open('{');
  json_pair_bool("locked", false);
  json_key("holder");
  json_bytes(holder, got);
  json_close('}');
  return json_print(ERROR_SHARING_VIOLATION);
}

// Whether it holds nothing but our file: a folder that is used for anything else is not ours to close.
static bool holds_only_lock(const wchar_t *folder) {
  wchar_t pattern[PATH_CHARS];
  WIN32_FIND_DATAW found;
  bool is_ours = true;
  if (!print_text(pattern, COUNT_OF(pattern), L"%ls\\*", folder)) return false;
  HANDLE search = FindFirstFileW(pattern, &found);
  if (search == INVALID_HANDLE_VALUE) return false;
  do is_ours = wcscmp(found.cFileName, L".") == 0 || wcscmp(found.cFileName, L"..") == 0 || _wcsicmp(found.cFileName, L"lock") == 0;
  while (is_ours && FindNextFileW(search, &found));
  FindClose(search);
  return is_ours;
}

// Everybody may make folders beside it. One that somebody else has made is taken over where nothing is in it: its owner could change its list again.
static DWORD claim_folder(const wchar_t *folder) {
  PSECURITY_DESCRIPTOR descriptor;
  DWORD error = read_sddl(ADMINISTRATORS_ONLY, &descriptor);
  if (error) return error;
  SECURITY_ATTRIBUTES attributes = {.nLength = sizeof attributes, .lpSecurityDescriptor = descriptor};
  error = CreateDirectoryW(folder, &attributes) ? 0 : GetLastError();
  if (error == ERROR_ALREADY_EXISTS) {
    HANDLE object = open_for_access(folder, 0, FILE_SHARE_READ | FILE_SHARE_WRITE);
    error = object == INVALID_HANDLE_VALUE ? GetLastError() : 0;
    bool is_ours = !error && is_owned_by_administrators(object);
    if (!error && !holds_only_lock(folder)) error = ERROR_INVALID_OWNER;
    if (!error) error = set_access(object, descriptor);
    if (object != INVALID_HANDLE_VALUE) CloseHandle(object);
    wchar_t file[PATH_CHARS];
    // A file of somebody else keeps its own list. One that is held open is told of when it cannot be locked.
    if (!error && !is_ours && print_text(file, COUNT_OF(file), L"%ls\\lock", folder)) DeleteFileW(file);
  }
  LocalFree(descriptor);
  return error;
}

int verb_lock(int count, wchar_t **words) {
  (void)count;
  char holder[HOLDER_BYTES];
  wchar_t path[PATH_CHARS];
  DWORD written;
  InputWatch input;
  read_holder(holder);
  if (!print_text(path, COUNT_OF(path), L"%ls\\lock", words[0])) return fail("lock", ERROR_FILENAME_EXCED_RANGE, words[0]);
  ask_to_set_access();
  DWORD error = claim_folder(words[0]);
  if (error) return fail("lock", error, words[0]);
  HANDLE file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, OPEN_ALWAYS, FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  if (file == INVALID_HANDLE_VALUE) {
    error = GetLastError();
    return error == ERROR_SHARING_VIOLATION ? tell_holder(path) : fail("CreateFileW", error, path);
  }
  if (!SetEndOfFile(file) || !WriteFile(file, holder, (DWORD)strlen(holder), &written, NULL)) return fail("WriteFile", GetLastError(), path);
  if (!watch_input(&input)) return fail("CreateThread", GetLastError(), NULL);
  json_open('{');
  json_pair_bool("locked", true);
  json_close('}');
  int failed = json_print(0);
  if (failed) return failed;
  HANDLE events[] = {input.ended, input.arrived};
  DWORD event;
  do event = WaitForMultipleObjects(COUNT_OF(events), events, FALSE, BEAT_MS);
  while (event == WAIT_OBJECT_0 + 1);
  // Who has it no more is not to be read there.
  if (SetFilePointer(file, 0, NULL, FILE_BEGIN) == 0) SetEndOfFile(file);
  CloseHandle(file);
  return event == WAIT_OBJECT_0 ? 0 : ERROR_TIMEOUT;
}
