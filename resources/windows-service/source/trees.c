// `remove-tree`. Who may write in a folder could put a link there, or put one in a folder's place while it is being removed: so everything is opened beside its
// parent's handle, as itself and not as what it leads to, and deleted by that handle.
#include "trees.h"

#include <winternl.h>

#define MOST_LEVELS 64
#define LIST_BYTES (64 * 1024)
// How long is waited for somebody who has it open for a moment, as antivirus programs do.
#define BUSY_MS 2000
#define PAUSE_MS 50

typedef struct {
  RemovedTree *told;
  uint64_t give_up_ms;
  // Of what is being looked at, for words.
  wchar_t path[PATH_CHARS];
} Walk;

static bool is_link(DWORD attributes) { return attributes & FILE_ATTRIBUTE_REPARSE_POINT; }

static DWORD remember_problem(Walk *walk, DWORD error) {
  if (!walk->told->problem[0]) copy_text(walk->told->problem, COUNT_OF(walk->told->problem), walk->path);
  return error;
}

// Opens `name` in a folder, as itself. Without a parent it is a whole path.
static DWORD open_entry(HANDLE parent, const wchar_t *name, DWORD access, HANDLE *entry) {
  const DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  if (!parent) {
    *entry = CreateFileW(name, access, share, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
    return *entry == INVALID_HANDLE_VALUE ? GetLastError() : 0;
  }
  UNICODE_STRING text = {.Length = (USHORT)(wcslen(name) * sizeof *name), .Buffer = (wchar_t *)name};
  text.MaximumLength = text.Length;
  OBJECT_ATTRIBUTES wanted = {.Length = sizeof wanted, .RootDirectory = parent, .ObjectName = &text, .Attributes = OBJ_CASE_INSENSITIVE};
  IO_STATUS_BLOCK done;
  NTSTATUS status = NtOpenFile(entry, access | SYNCHRONIZE, &wanted, &done, share,
                               FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT | FILE_OPEN_REPARSE_POINT);
  return status < 0 ? RtlNtStatusToDosError(status) : 0;
}

static DWORD delete_by_handle(HANDLE entry, DWORD attributes) {
  // A file that may only be read would be refused.
  FILE_BASIC_INFO plain = {.FileAttributes = attributes & FILE_ATTRIBUTE_DIRECTORY ? FILE_ATTRIBUTE_DIRECTORY : FILE_ATTRIBUTE_NORMAL};
  FILE_DISPOSITION_INFO gone = {TRUE};
  if (attributes & FILE_ATTRIBUTE_READONLY && !SetFileInformationByHandle(entry, FileBasicInfo, &plain, sizeof plain)) return GetLastError();
  return SetFileInformationByHandle(entry, FileDispositionInfo, &gone, sizeof gone) ? 0 : GetLastError();
}

static bool is_busy(DWORD error) {
  return error == ERROR_SHARING_VIOLATION || error == ERROR_LOCK_VIOLATION || error == ERROR_ACCESS_DENIED || error == ERROR_DIR_NOT_EMPTY ||
         error == ERROR_DELETE_PENDING || error == ERROR_USER_MAPPED_FILE;
}

static DWORD remove_entry(HANDLE parent, const wchar_t *name, bool is_known_link, int level, Walk *walk);

// The entries of a folder, read by its handle: the handle is the folder itself, whatever became of its name.
static DWORD remove_entries(HANDLE folder, int level, Walk *walk) {
  size_t length = wcslen(walk->path);
  BYTE *list = malloc(LIST_BYTES);
  DWORD error = list ? 0 : ERROR_NOT_ENOUGH_MEMORY;
  while (!error) {
    if (!GetFileInformationByHandleEx(folder, FileIdBothDirectoryInfo, list, LIST_BYTES)) {
      error = GetLastError();
      break;
    }
    for (const FILE_ID_BOTH_DIR_INFO *one = (void *)list; !error; one = (const void *)((const BYTE *)one + one->NextEntryOffset)) {
      wchar_t name[MAX_PATH];
      size_t chars = one->FileNameLength / sizeof *name;
      if (chars >= COUNT_OF(name)) {
        error = ERROR_FILENAME_EXCED_RANGE;
      } else {
        memcpy(name, one->FileName, chars * sizeof *name);
        name[chars] = 0;
        if (wcscmp(name, L".") != 0 && wcscmp(name, L"..") != 0) {
          if (!print_text(walk->path + length, COUNT_OF(walk->path) - length, L"\\%ls", name)) error = ERROR_FILENAME_EXCED_RANGE;
          else error = remove_entry(folder, name, is_link(one->FileAttributes), level + 1, walk);
          if (error) remember_problem(walk, error);
          walk->path[length] = 0;
        }
      }
      if (!one->NextEntryOffset) break;
    }
  }
  free(list);
  return error == ERROR_NO_MORE_FILES ? 0 : error;
}

static DWORD remove_once(HANDLE parent, const wchar_t *name, bool is_known_link, int level, Walk *walk) {
  HANDLE entry;
  BY_HANDLE_FILE_INFORMATION found;
  DWORD error = open_entry(parent, name, DELETE | FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES, &entry);
  if (error) return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND ? 0 : error;
  if (!GetFileInformationByHandle(entry, &found)) {
    error = GetLastError();
    CloseHandle(entry);
    return error;
  }
  bool leads_away = is_known_link || is_link(found.dwFileAttributes);
  if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY && !leads_away)
    error = level < MOST_LEVELS ? remove_entries(entry, level, walk) : ERROR_FILENAME_EXCED_RANGE;
  if (!error) {
    error = delete_by_handle(entry, found.dwFileAttributes);
    // Who was let open it for its removal is denied that only while it runs.
    if (error == ERROR_ACCESS_DENIED) error = ERROR_USER_MAPPED_FILE;
  }
  CloseHandle(entry);
  if (error) return error;
  walk->told->removed++;
  if (leads_away) walk->told->links++;
  return 0;
}

static DWORD remove_entry(HANDLE parent, const wchar_t *name, bool is_known_link, int level, Walk *walk) {
  for (;;) {
    DWORD error = remove_once(parent, name, is_known_link, level, walk);
    if (!is_busy(error) || unix_time_ms() >= walk->give_up_ms) return error;
    walk->told->problem[0] = 0;
    Sleep(PAUSE_MS);
  }
}

DWORD remove_tree(const wchar_t *path, RemovedTree *told) {
  Walk walk = {.told = told, .give_up_ms = unix_time_ms() + BUSY_MS};
  *told = (RemovedTree){0};
  if (!copy_text(walk.path, COUNT_OF(walk.path), path)) return ERROR_FILENAME_EXCED_RANGE;
  // An administrator may remove what an account has denied everybody.
  ask_for_privilege(SE_BACKUP_NAME);
  ask_for_privilege(SE_RESTORE_NAME);
  DWORD attributes = GetFileAttributesW(path);
  bool is_known_link = attributes != INVALID_FILE_ATTRIBUTES && is_link(attributes);
  DWORD error = remove_entry(NULL, path, is_known_link, 0, &walk);
  if (error) remember_problem(&walk, error);
  return error;
}

// Below a folder of the drive at least: anything higher could only be a mistake.
static bool is_deep_enough(const wchar_t *path) {
  if (!path[0] || path[1] != L':' || path[2] != L'\\' || wcsstr(path, L"\\..")) return false;
  const wchar_t *below = wcschr(path + 3, L'\\');
  return below && below[1];
}

int verb_remove_tree(int count, wchar_t **words) {
  (void)count;
  RemovedTree told;
  if (!is_deep_enough(words[0])) return fail("arguments", ERROR_BAD_ARGUMENTS, words[0]);
  DWORD error = remove_tree(words[0], &told);
  if (error) return fail("DeleteFile", error, told.problem[0] ? told.problem : words[0]);
  json_open('{');
  json_pair_text("path", words[0]);
  json_pair_number("removed", told.removed);
  json_pair_number("links", told.links);
  json_close('}');
  return json_print(0);
}
