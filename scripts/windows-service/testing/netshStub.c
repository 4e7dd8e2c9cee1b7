// Tests only: stands in for netsh.exe, whose copy in Wine says nothing and does nothing. Appends its command line to C:\netsh.calls and ends with
// the code that stands in C:\netsh.code, 0 without one. The rules whose ids stand in C:\netsh.removes, one a line, go.
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define RULES "SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules"

static void remove_rules(FILE *ids) {
  char id[256];
  while (fgets(id, sizeof id, ids)) {
    id[strcspn(id, "\r\n")] = 0;
    RegDeleteKeyValueA(HKEY_LOCAL_MACHINE, RULES, id);
  }
  fclose(ids);
}

int main(void) {
  int code = 0;
  FILE *calls = fopen("C:\\netsh.calls", "a"), *wanted = fopen("C:\\netsh.code", "r"), *ids = fopen("C:\\netsh.removes", "r");
  if (!calls) return 99;
  fprintf(calls, "%s\n", GetCommandLineA());
  fclose(calls);
  if (ids) remove_rules(ids);
  if (wanted && fscanf(wanted, "%d", &code) != 1) code = 98;
  return code;
}
