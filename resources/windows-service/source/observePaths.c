// Files, folders and disks.
#include "triad.h"

#include <aclapi.h>
#include <sddl.h>

// A file whose text is wanted: configuration, not data.
#define MOST_CONTENT_BYTES (256 * 1024)
#define LOG_BYTES (64 * 1024)
// A larger one is data of Redis: its hash would take minutes and means nothing.
#define MOST_HASHED_BYTES (256ull * 1024 * 1024)

static void json_sddl(const wchar_t *path) {
  PSECURITY_DESCRIPTOR descriptor = NULL;
  wchar_t *sddl = NULL;
  SECURITY_INFORMATION parts = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  DWORD error = GetNamedSecurityInfoW(path, SE_FILE_OBJECT, parts, NULL, NULL, NULL, NULL, &descriptor);
  if (!error && !ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, SDDL_REVISION_1, parts, &sddl, NULL)) error = GetLastError();
  if (error) observe_problem("GetNamedSecurityInfoW", error);
  json_pair_text("sddl", sddl);
  if (sddl) LocalFree(sddl);
  if (descriptor) LocalFree(descriptor);
}

// The last bytes of a file, as text. Open so that nobody is disturbed.
static DWORD json_end_of(const wchar_t *path, uint64_t size, size_t most) {
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) {
    json_null();
    return GetLastError();
  }
  char *bytes = malloc(most);
  DWORD got = 0, error = bytes ? 0 : ERROR_NOT_ENOUGH_MEMORY;
  LARGE_INTEGER start = {.QuadPart = size > most ? (LONGLONG)(size - most) : 0};
  if (!error && !SetFilePointerEx(file, start, NULL, FILE_BEGIN)) error = GetLastError();
  if (!error && !ReadFile(file, bytes, (DWORD)most, &got, NULL)) error = GetLastError();
  if (error) json_null();
  else json_bytes(bytes, got);
  free(bytes);
  CloseHandle(file);
  return error;
}

static const wchar_t *kind_of(DWORD attributes) {
  if (attributes & FILE_ATTRIBUTE_REPARSE_POINT) return L"other";
  return attributes & FILE_ATTRIBUTE_DIRECTORY ? L"folder" : L"file";
}

// Opens the object of {"path",...} and tells its kind and size; false where there is no more to tell.
static bool begin_path(const wchar_t *path, uint64_t *size, const wchar_t **kind) {
  WIN32_FILE_ATTRIBUTE_DATA data;
  json_open('{');
  json_pair_text("path", path);
  if (!GetFileAttributesExW(path, GetFileExInfoStandard, &data)) {
    DWORD error = GetLastError();
    bool is_missing = error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND;
    json_pair_text("kind", is_missing ? L"missing" : L"unknown");
    if (!is_missing) json_pair_number("error", error);
    json_close('}');
    return false;
  }
  *size = ((uint64_t)data.nFileSizeHigh << 32) | data.nFileSizeLow;
  *kind = kind_of(data.dwFileAttributes);
  json_pair_text("kind", *kind);
  json_pair_number("sizeBytes", *size);
  json_pair_number("modifiedMs", file_time_to_unix_ms(data.ftLastWriteTime));
  return true;
}

void observe_path(const wchar_t *path, bool with_content) {
  wchar_t hash[HASH_TEXT_CHARS];
  uint64_t size;
  const wchar_t *kind;
  DWORD error = 0;
  if (!begin_path(path, &size, &kind)) return;
  bool is_file = wcscmp(kind, L"file") == 0;
  json_key("sha256");
  if (is_file && size <= MOST_HASHED_BYTES) {
    error = hash_file(path, hash, NULL);
    json_text(error ? NULL : hash);
  } else json_null();
  json_sddl(path);
  json_key("content");
  if (!is_file || !with_content) {
    json_null();
  } else if (size > MOST_CONTENT_BYTES) {
    json_null();
    if (!error) error = ERROR_FILE_TOO_LARGE;
  } else {
    DWORD of_content = json_end_of(path, size, MOST_CONTENT_BYTES);
    if (!error) error = of_content;
  }
  if (error) json_pair_number("error", error);
  json_close('}');
}

void observe_log(const wchar_t *path) {
  uint64_t size;
  const wchar_t *kind;
  if (!begin_path(path, &size, &kind)) return;
  json_pair_null("sha256");
  json_pair_null("sddl");
  json_key("content");
  DWORD error = json_end_of(path, size, LOG_BYTES);
  if (error) json_pair_number("error", error);
  json_close('}');
}

static const wchar_t *drive_type_name(UINT type) {
  switch (type) {
    case DRIVE_FIXED: return L"fixed";
    case DRIVE_REMOVABLE: return L"removable";
    case DRIVE_REMOTE: return L"network";
    case DRIVE_CDROM: return L"optical";
    case DRIVE_RAMDISK: return L"memory";
    default: return L"unknown";
  }
}

// The folder itself may not be there yet: the disk is that of the path all the same.
void observe_disk(const wchar_t *path) {
  wchar_t root[PATH_CHARS], file_system[32] = L"";
  ULARGE_INTEGER free_bytes, size;
  json_open('{');
  json_pair_text("path", path);
  DWORD error = GetVolumePathNameW(path, root, COUNT_OF(root)) ? 0 : GetLastError();
  if (!error && !GetDiskFreeSpaceExW(root, &free_bytes, &size, NULL)) error = GetLastError();
  if (error) {
    json_pair_number("error", error);
  } else {
    if (!GetVolumeInformationW(root, NULL, 0, NULL, NULL, NULL, file_system, COUNT_OF(file_system)))
      observe_problem("GetVolumeInformationW", GetLastError());
    json_pair_text("root", root);
    json_pair_text("fileSystem", file_system[0] ? file_system : NULL);
    json_pair_number("freeBytes", free_bytes.QuadPart);
    json_pair_number("sizeBytes", size.QuadPart);
    json_pair_text("driveType", drive_type_name(GetDriveTypeW(root)));
  }
  json_close('}');
}
