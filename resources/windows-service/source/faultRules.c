// The firewall rules with which a fault cuts a server off: one name for all of a cluster, as its undo has one.
#include "orders.h"

#define UNDO_PREFIX L"triad-heal-"
#define RULE_PREFIX L"triad-fault:"
#define NETSH_MS 30000

// All rules of that name, by one command.
static DWORD run_netsh(const wchar_t *rule) {
  wchar_t folder[PATH_CHARS], line[2 * PATH_CHARS];
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION made;
  DWORD code = ERROR_TIMEOUT;
  UINT length = GetSystemDirectoryW(folder, COUNT_OF(folder));
  if (length == 0 || length >= COUNT_OF(folder)) return ERROR_FILENAME_EXCED_RANGE;
  if (!print_text(line, COUNT_OF(line), L"\"%ls\\netsh.exe\" advfirewall firewall delete rule name=\"%ls\"", folder, rule))
    return ERROR_FILENAME_EXCED_RANGE;
  // It inherits nothing: its words are in the language of the machine, and our output is one line of JSON.
  if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, folder, &start, &made)) return GetLastError();
  if (WaitForSingleObject(made.hProcess, NETSH_MS) == WAIT_OBJECT_0) GetExitCodeProcess(made.hProcess, &code);
  else TerminateProcess(made.hProcess, 1);
  CloseHandle(made.hThread);
  CloseHandle(made.hProcess);
  return code;
}

DWORD remove_fault_rules(const wchar_t *name, size_t *removed) {
  wchar_t rule[NAME_CHARS];
  size_t left = 0;
  *removed = 0;
  // Of any other name no cluster follows.
  if (!is_plain(name) || !starts_with(name, UNDO_PREFIX)) return 0;
  if (!print_text(rule, COUNT_OF(rule), RULE_PREFIX L"%ls", name + wcslen(UNDO_PREFIX))) return ERROR_FILENAME_EXCED_RANGE;
  DWORD error = count_firewall_rules(rule, removed);
  if (error || *removed == 0) return error;
  error = run_netsh(rule);
  if (!error) return 0;
  // netsh has one code for every failure, also where somebody else has removed them meanwhile; then there is nothing left to do.
  return count_firewall_rules(rule, &left) == 0 && left == 0 ? 0 : error;
}
