// `acl`: who may use a file or folder, as SDDL, which names accounts by their SIDs: names differ from language to language.
#include "access.h"

#include <aclapi.h>
#include <sddl.h>

#define MOST_REQUEST_BYTES (256 * 1024)
#define MOST_COLUMNS 8

// mingw's headers lack it (winerror.h: 4395).
#ifndef ERROR_REPARSE_POINT_ENCOUNTERED
#define ERROR_REPARSE_POINT_ENCOUNTERED 4395L
#endif

void ask_to_set_access(void) {
  // To make somebody else the owner, and to change what somebody else owns.
  ask_for_privilege(SE_RESTORE_NAME);
  ask_for_privilege(SE_TAKE_OWNERSHIP_NAME);
}

DWORD read_sddl(const wchar_t *sddl, PSECURITY_DESCRIPTOR *descriptor) {
  PACL dacl = NULL;
  BOOL has_dacl = FALSE, is_default;
  *descriptor = NULL;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, descriptor, NULL)) return GetLastError();
  DWORD error = GetSecurityDescriptorDacl(*descriptor, &has_dacl, &dacl, &is_default) ? 0 : GetLastError();
  if (!error && has_dacl && dacl) return 0;
  LocalFree(*descriptor);
  *descriptor = NULL;
  return error ? error : ERROR_INVALID_ACL;
}

HANDLE open_for_access(const wchar_t *path, DWORD more, DWORD share) {
  DWORD access = READ_CONTROL | WRITE_DAC | WRITE_OWNER | FILE_READ_ATTRIBUTES | more;
  return CreateFileW(path, access, share, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
}

DWORD set_access(HANDLE object, PSECURITY_DESCRIPTOR descriptor) {
  BY_HANDLE_FILE_INFORMATION found;
  SECURITY_DESCRIPTOR_CONTROL control = 0;
  PACL dacl = NULL;
  PSID owner = NULL;
  BOOL has_dacl, is_default;
  DWORD revision;
  if (!GetFileInformationByHandle(object, &found)) return GetLastError();
  if (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) return ERROR_REPARSE_POINT_ENCOUNTERED;
  if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) && found.nNumberOfLinks > 1) return ERROR_TOO_MANY_LINKS;
  if (!GetSecurityDescriptorDacl(descriptor, &has_dacl, &dacl, &is_default) || !GetSecurityDescriptorOwner(descriptor, &owner, &is_default) ||
      !GetSecurityDescriptorControl(descriptor, &control, &revision))
    return GetLastError();
  // Protected: nothing is inherited from above. What lies below inherits by the list itself.
  SECURITY_INFORMATION parts = DACL_SECURITY_INFORMATION | (owner ? OWNER_SECURITY_INFORMATION : 0);
  parts |= control & SE_DACL_PROTECTED ? PROTECTED_DACL_SECURITY_INFORMATION : UNPROTECTED_DACL_SECURITY_INFORMATION;
  return SetSecurityInfo(object, SE_FILE_OBJECT, parts, owner, NULL, dacl, NULL);
}

DWORD set_path_access(const wchar_t *path, const wchar_t *sddl) {
  PSECURITY_DESCRIPTOR descriptor;
  DWORD error = read_sddl(sddl, &descriptor);
  if (error) return error;
  HANDLE object = open_for_access(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE);
  if (object == INVALID_HANDLE_VALUE) {
    error = GetLastError();
  } else {
    error = set_access(object, descriptor);
    CloseHandle(object);
  }
  LocalFree(descriptor);
  return error;
}

bool is_owned_by_administrators(HANDLE object) {
  PSECURITY_DESCRIPTOR descriptor = NULL;
  PSID owner = NULL;
  if (GetSecurityInfo(object, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL, &descriptor)) return false;
  bool is_ours = owner && (IsWellKnownSid(owner, WinBuiltinAdministratorsSid) || IsWellKnownSid(owner, WinLocalSystemSid));
  LocalFree(descriptor);
  return is_ours;
}

DWORD each_request_line(int columns, DWORD (*each)(char **column, void *context), void *context) {
  char *column[MOST_COLUMNS], *request = read_request(MOST_REQUEST_BYTES);
  DWORD error = request ? 0 : ERROR_INSUFFICIENT_BUFFER;
  for (char *line = request, *next; line && *line; line = next) {
    next = strchr(line, '\n');
    if (next) *next++ = 0;
    line[strcspn(line, "\r")] = 0;
    int count = 0;
    for (char *rest = line; rest && count < columns; count++) {
      column[count] = rest;
      rest = strchr(rest, '\t');
      if (rest) *rest++ = 0;
    }
    static char none[] = "";
    bool is_whole = count == columns;
    while (count < columns) column[count++] = none;
    DWORD of_line = is_whole ? each(column, context) : ERROR_BAD_ARGUMENTS;
    if (!error) error = of_line;
  }
  free(request);
  return error;
}

static void json_result(const wchar_t *path, DWORD error) {
  json_open('{');
  json_pair_text("path", path);
  json_pair_number("error", error);
  json_close('}');
}

// One line of the request: PATH<TAB>SDDL
static DWORD apply_line(char **column, void *context) {
  static wchar_t path[PATH_CHARS], sddl[SDDL_CHARS];
  DWORD (*apply)(const wchar_t *, const wchar_t *) = *(DWORD(**)(const wchar_t *, const wchar_t *))context;
  DWORD error = ERROR_BAD_ARGUMENTS;
  if (utf8_to_text(column[0], -1, path, COUNT_OF(path)) && utf8_to_text(column[1], -1, sddl, COUNT_OF(sddl))) error = apply(path, sddl);
  json_result(path, error);
  return error;
}

int print_access_request(DWORD (*apply)(const wchar_t *path, const wchar_t *sddl)) {
  ask_to_set_access();
  json_open('{');
  json_key("paths");
  json_open('[');
  DWORD error = each_request_line(2, apply_line, &apply);
  json_close(']');
  json_close('}');
  return json_print(error);
}

// SDDL has characters that a shell between us and the other side may want for itself: `acl -` takes it from standard input.
int verb_acl(int count, wchar_t **words) {
  bool is_from_input = count == 1 && wcscmp(words[0], L"-") == 0;
  if (count == 1 && !is_from_input) return fail("arguments", ERROR_BAD_ARGUMENTS, L"give PATH and SDDL, or - alone");
  if (is_from_input) return print_access_request(set_path_access);
  ask_to_set_access();
  json_open('{');
  json_key("paths");
  json_open('[');
  DWORD error = set_path_access(words[0], words[1]);
  json_result(words[0], error);
  json_close(']');
  json_close('}');
  return json_print(error);
}
