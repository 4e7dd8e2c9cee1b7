// `folders` and `stage`: folders that have their access list from their first moment on. A folder that is made first and closed afterwards stands open in between.
#include "access.h"
#include "trees.h"

// Makes it; one that is there gets the list. A link to elsewhere is refused.
static DWORD make_folder(const wchar_t *path, const wchar_t *sddl) {
  PSECURITY_DESCRIPTOR descriptor;
  DWORD error = read_sddl(sddl, &descriptor);
  if (error) return error;
  SECURITY_ATTRIBUTES attributes = {.nLength = sizeof attributes, .lpSecurityDescriptor = descriptor};
  if (!CreateDirectoryW(path, &attributes)) {
    error = GetLastError();
    DWORD found = error == ERROR_ALREADY_EXISTS ? GetFileAttributesW(path) : INVALID_FILE_ATTRIBUTES;
    if (found != INVALID_FILE_ATTRIBUTES && found & FILE_ATTRIBUTE_DIRECTORY) error = set_path_access(path, sddl);
  }
  LocalFree(descriptor);
  return error;
}

int verb_folders(int count, wchar_t **words) {
  (void)count;
  if (wcscmp(words[0], L"-") != 0) return fail("arguments", ERROR_BAD_ARGUMENTS, L"give - alone");
  return print_access_request(make_folder);
}

int verb_stage(int count, wchar_t **words) {
  (void)count;
  RemovedTree told;
  PSECURITY_DESCRIPTOR descriptor;
  // Whatever lies there is of a run that broke off, or of somebody who waits for us.
  DWORD error = remove_tree(words[0], &told);
  if (error) return fail("DeleteFile", error, told.problem[0] ? told.problem : words[0]);
  error = read_sddl(ADMINISTRATORS_ONLY, &descriptor);
  if (error) return fail("SDDL", error, NULL);
  ask_to_set_access();
  SECURITY_ATTRIBUTES attributes = {.nLength = sizeof attributes, .lpSecurityDescriptor = descriptor};
  if (!CreateDirectoryW(words[0], &attributes)) return fail("CreateDirectoryW", GetLastError(), words[0]);
  json_open('{');
  json_pair_text("path", words[0]);
  json_close('}');
  return json_print(0);
}
