// `place`: files that were written beside take their places. All are looked at and get their access lists before the first is moved, each by the handle by which
// its hash was made; then one after the other replaces what stands there, in one step.
#include "access.h"

#define MOST_FILES 200
// How long is waited for somebody who has a file open for a moment.
#define BUSY_MS 2000
#define PAUSE_MS 50
#define BEFORE_SUFFIX L".triad-before"
#define OLD_SUFFIX L".triad-old"

typedef struct {
  wchar_t *staged, *target, sha256[HASH_TEXT_CHARS], found[HASH_TEXT_CHARS];
  PSECURITY_DESCRIPTOR descriptor;
  bool keeps;
  // Error 0 and not placed: nothing was tried, because another one failed.
  DWORD error;
  bool is_placed, is_left;
} Placed;

typedef struct {
  Placed *files;
  size_t count;
} Request;

static wchar_t *copy_of(const char *utf8) {
  wchar_t path[PATH_CHARS];
  return utf8_to_text(utf8, -1, path, COUNT_OF(path)) ? _wcsdup(path) : NULL;
}

// STAGED<TAB>TARGET<TAB>SHA-256<TAB>SDDL<TAB>keep or replace
static DWORD read_line(char **column, void *context) {
  Request *request = context;
  wchar_t sddl[SDDL_CHARS];
  if (request->count == MOST_FILES) return ERROR_TOO_MANY_NAMES;
  Placed *one = &request->files[request->count];
  *one = (Placed){.staged = copy_of(column[0]), .target = copy_of(column[1]), .keeps = strcmp(column[4], "keep") == 0};
  if (!one->staged || !one->target || !utf8_to_text(column[2], (int)strlen(column[2]), one->sha256, COUNT_OF(one->sha256)) ||
      !utf8_to_text(column[3], -1, sddl, COUNT_OF(sddl)) || (!one->keeps && strcmp(column[4], "replace") != 0))
    return ERROR_BAD_ARGUMENTS;
  request->count++;
  return read_sddl(sddl, &one->descriptor);
}

// Nobody else may write it while it is looked at.
static DWORD look_at(Placed *one) {
  HANDLE file = open_for_access(one->staged, GENERIC_READ, FILE_SHARE_READ);
  if (file == INVALID_HANDLE_VALUE) return GetLastError();
  DWORD error = hash_handle(file, one->found, NULL);
  if (!error && wcscmp(one->found, one->sha256) != 0) error = ERROR_CRC;
  if (!error) error = set_access(file, one->descriptor);
  CloseHandle(file);
  return error;
}

static bool is_there(const wchar_t *path) { return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES; }

static bool is_busy(DWORD error) { return error == ERROR_ACCESS_DENIED || error == ERROR_SHARING_VIOLATION || error == ERROR_LOCK_VIOLATION; }

static DWORD move(const wchar_t *from, const wchar_t *to, DWORD how) {
  return MoveFileExW(from, to, how | MOVEFILE_WRITE_THROUGH) ? 0 : GetLastError();
}

// What stood there before Triad gets a second name, once and for all; on a file system without second names it is moved.
static DWORD keep_before(const Placed *one, const wchar_t *before, bool *is_moved) {
  *is_moved = false;
  if (!one->keeps || !is_there(one->target) || is_there(before)) return 0;
  if (CreateHardLinkW(before, one->target, NULL)) return 0;
  DWORD error = move(one->target, before, 0);
  *is_moved = !error;
  return error;
}

// A program that runs can be neither removed nor replaced, but renamed: then the place is free.
static DWORD replace(const Placed *one, const wchar_t *old) {
  uint64_t give_up_ms = unix_time_ms() + BUSY_MS;
  for (;;) {
    DWORD error = move(one->staged, one->target, MOVEFILE_REPLACE_EXISTING);
    if (!is_busy(error)) return error;
    DWORD of_renaming = move(one->target, old, 0);
    if (!of_renaming) {
      error = move(one->staged, one->target, 0);
      if (error) move(old, one->target, 0);
      if (!is_busy(error)) return error;
    } else if (is_busy(of_renaming)) {
      // It says more of why: replacing knows one word for everything.
      error = of_renaming;
    }
    if (unix_time_ms() >= give_up_ms) return error;
    Sleep(PAUSE_MS);
  }
}

static DWORD take_place(Placed *one) {
  wchar_t before[PATH_CHARS], old[PATH_CHARS];
  bool is_moved;
  if (!print_text(before, COUNT_OF(before), L"%ls%ls", one->target, BEFORE_SUFFIX) ||
      !print_text(old, COUNT_OF(old), L"%ls%ls", one->target, OLD_SUFFIX))
    return ERROR_FILENAME_EXCED_RANGE;
  // What an earlier replacement could not remove because it still ran.
  DeleteFileW(old);
  DWORD error = keep_before(one, before, &is_moved);
  if (!error) error = replace(one, old);
  if (error && is_moved) move(before, one->target, 0);
  if (error) return error;
  one->is_placed = true;
  // It goes with the next replacement, or with a removal.
  one->is_left = !DeleteFileW(old) && is_there(old);
  return 0;
}

static DWORD place_all(Request *request) {
  DWORD error = 0;
  for (size_t i = 0; i < request->count; i++) {
    DWORD of_file = request->files[i].error = look_at(&request->files[i]);
    if (!error) error = of_file;
  }
  for (size_t i = 0; i < request->count && !error; i++) error = request->files[i].error = take_place(&request->files[i]);
  return error;
}

int verb_place(int count, wchar_t **words) {
  (void)count;
  static Placed files[MOST_FILES];
  Request request = {.files = files};
  if (wcscmp(words[0], L"-") != 0) return fail("arguments", ERROR_BAD_ARGUMENTS, L"give - alone");
  DWORD error = each_request_line(5, read_line, &request);
  if (error) return fail("request", error, NULL);
  ask_to_set_access();
  error = place_all(&request);
  json_open('{');
  json_key("files");
  json_open('[');
  for (size_t i = 0; i < request.count; i++) {
    json_open('{');
    json_pair_text("path", files[i].target);
    json_pair_number("error", files[i].error);
    json_pair_bool("placed", files[i].is_placed);
    json_pair_bool("left", files[i].is_left);
    json_close('}');
  }
  json_close(']');
  json_close('}');
  return json_print(error);
}
