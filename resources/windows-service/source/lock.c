// `lock`: one program at a time works on a server. The lock ends with this process, and this process with the beats from the other side, so a
// cut connection frees it although Windows' sshd may leave us running.
#include "triad.h"

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

int verb_lock(int count, wchar_t **words) {
  (void)count;
  char holder[HOLDER_BYTES];
  DWORD written;
  InputWatch input;
  read_holder(holder);
  HANDLE file = CreateFileW(words[0], GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, OPEN_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) {
    DWORD error = GetLastError();
    return error == ERROR_SHARING_VIOLATION ? tell_holder(words[0]) : fail("CreateFileW", error, words[0]);
  }
  if (!SetEndOfFile(file) || !WriteFile(file, holder, (DWORD)strlen(holder), &written, NULL))
    return fail("WriteFile", GetLastError(), words[0]);
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
  return event == WAIT_OBJECT_0 ? 0 : ERROR_TIMEOUT;
}
