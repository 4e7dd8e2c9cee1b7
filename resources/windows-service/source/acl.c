// `acl`: who may use a file or folder, as SDDL, which names accounts by their SIDs: names differ from language to language.
#include "triad.h"

#include <aclapi.h>
#include <sddl.h>

#define MOST_REQUEST_BYTES (256 * 1024)
#define SDDL_CHARS 4096

static DWORD apply(wchar_t *path, const wchar_t *sddl) {
  PSECURITY_DESCRIPTOR descriptor = NULL;
  SECURITY_DESCRIPTOR_CONTROL control = 0;
  PACL dacl = NULL;
  PSID owner = NULL;
  BOOL has_dacl = FALSE, is_default;
  DWORD revision, error = 0;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, &descriptor, NULL)) return GetLastError();
  if (!GetSecurityDescriptorDacl(descriptor, &has_dacl, &dacl, &is_default) || !GetSecurityDescriptorOwner(descriptor, &owner, &is_default) ||
      !GetSecurityDescriptorControl(descriptor, &control, &revision))
    error = GetLastError();
  // Without a list everybody may do everything.
  else if (!has_dacl || !dacl) error = ERROR_INVALID_ACL;
  if (!error) {
    // Protected: nothing is inherited from above. What lies below inherits by the list itself.
    SECURITY_INFORMATION parts = DACL_SECURITY_INFORMATION | (owner ? OWNER_SECURITY_INFORMATION : 0);
    parts |= control & SE_DACL_PROTECTED ? PROTECTED_DACL_SECURITY_INFORMATION : UNPROTECTED_DACL_SECURITY_INFORMATION;
    error = SetNamedSecurityInfoW(path, SE_FILE_OBJECT, parts, owner, NULL, dacl, NULL);
  }
  LocalFree(descriptor);
  return error;
}

static void json_result(const wchar_t *path, DWORD error) {
  json_open('{');
  json_pair_text("path", path);
  json_pair_number("error", error);
  json_close('}');
}

// One line of the request: PATH<TAB>SDDL
static DWORD apply_line(char *line) {
  static wchar_t path[PATH_CHARS], sddl[SDDL_CHARS];
  char *tab = strchr(line, '\t');
  path[0] = 0;
  DWORD error = ERROR_BAD_ARGUMENTS;
  if (tab) {
    *tab = 0;
    if (utf8_to_text(line, -1, path, COUNT_OF(path)) && utf8_to_text(tab + 1, -1, sddl, COUNT_OF(sddl))) error = apply(path, sddl);
  }
  json_result(path, error);
  return error;
}

// SDDL has characters that a shell between us and the other side may want for itself: `acl -` takes it from standard input.
int verb_acl(int count, wchar_t **words) {
  DWORD error = 0;
  bool is_from_input = count == 1 && wcscmp(words[0], L"-") == 0;
  if (count == 1 && !is_from_input) return fail("arguments", ERROR_BAD_ARGUMENTS, L"give PATH and SDDL, or - alone");
  // To make somebody else the owner, and to change what somebody else owns.
  ask_for_privilege(SE_RESTORE_NAME);
  ask_for_privilege(SE_TAKE_OWNERSHIP_NAME);
  json_open('{');
  json_key("paths");
  json_open('[');
  if (is_from_input) {
    char *request = read_request(MOST_REQUEST_BYTES);
    if (!request) return fail("request", ERROR_INSUFFICIENT_BUFFER, NULL);
    for (char *line = strtok(request, "\r\n"); line; line = strtok(NULL, "\r\n")) {
      DWORD of_line = apply_line(line);
      if (!error) error = of_line;
    }
    free(request);
  } else {
    error = apply(words[0], words[1]);
    json_result(words[0], error);
  }
  json_close(']');
  json_close('}');
  return json_print(error);
}
