// Who started whom, and who listens where.
#include "triad.h"

#include <iphlpapi.h>
#include <tlhelp32.h>

#include "system32.h"

#define MOST_ATTEMPTS 5
// From Redis up to its wrapper there is one step; more only where a program starts it through another.
#define MOST_STEPS 8

uint64_t process_begun(DWORD pid) {
  FILETIME created = {0}, ignored;
  HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
  if (!process) return 0;
  GetProcessTimes(process, &created, &ignored, &ignored, &ignored);
  CloseHandle(process);
  return ((uint64_t)created.dwHighDateTime << 32) | created.dwLowDateTime;
}

bool program_of(DWORD pid, wchar_t *path, DWORD chars) {
  HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
  bool found = process && QueryFullProcessImageNameW(process, 0, path, &chars);
  if (process) CloseHandle(process);
  return found;
}

DWORD parent_of(DWORD pid) {
  PROCESSENTRY32W entry = {.dwSize = sizeof entry};
  DWORD parent = 0;
  HANDLE snapshot = pid ? CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0) : INVALID_HANDLE_VALUE;
  if (snapshot == INVALID_HANDLE_VALUE) return 0;
  for (BOOL more = Process32FirstW(snapshot, &entry); more && !parent; more = Process32NextW(snapshot, &entry))
    if (entry.th32ProcessID == pid) parent = entry.th32ParentProcessID;
  CloseHandle(snapshot);
  return parent && process_begun(parent) <= process_begun(pid) ? parent : 0;
}

size_t find_tree(DWORD root, DWORD pids[MOST_PROCESSES]) {
  size_t count = 1;
  pids[0] = root;
  HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  if (snapshot == INVALID_HANDLE_VALUE) return count;
  for (size_t i = 0; i < count; i++) {
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    uint64_t parent_begun = process_begun(pids[i]);
    for (BOOL more = Process32FirstW(snapshot, &entry); more; more = Process32NextW(snapshot, &entry))
      if (entry.th32ParentProcessID == pids[i] && entry.th32ProcessID != pids[i] && count < MOST_PROCESSES &&
          process_begun(entry.th32ProcessID) >= parent_begun)
        pids[count++] = entry.th32ProcessID;
  }
  CloseHandle(snapshot);
  return count;
}

static bool is_below(DWORD pid, DWORD ancestor) {
  for (int step = 0; pid && step < MOST_STEPS; step++, pid = parent_of(pid))
    if (pid == ancestor) return true;
  return false;
}

DWORD read_listeners(ULONG family, void **table) {
  DWORD bytes = 32768, error = ERROR_INSUFFICIENT_BUFFER;
  *table = NULL;
  // The list may have grown since its size was asked for.
  for (int attempt = 0; error == ERROR_INSUFFICIENT_BUFFER && attempt < MOST_ATTEMPTS; attempt++) {
    free(*table);
    *table = malloc(bytes);
    if (!*table) return ERROR_NOT_ENOUGH_MEMORY;
    error = GetExtendedTcpTable(*table, &bytes, FALSE, family, TCP_TABLE_OWNER_PID_LISTENER, 0);
  }
  if (!error) return 0;
  free(*table);
  *table = NULL;
  return error;
}

DWORD check_listener(uint32_t address, uint16_t port, DWORD ancestor) {
  MIB_TCPTABLE_OWNER_PID *table;
  bool is_there = false, is_foreign = false;
  DWORD error = read_listeners(AF_INET, (void **)&table);
  if (error) return error;
  for (DWORD i = 0; i < table->dwNumEntries; i++) {
    const MIB_TCPROW_OWNER_PID *row = &table->table[i];
    if (row->dwLocalPort != htons(port) || (row->dwLocalAddr != address && row->dwLocalAddr != INADDR_ANY)) continue;
    is_there = true;
    // Windows always names a process; 0 is said by Wine of programs that are not Windows'.
    if (row->dwOwningPid != 0 && !is_below(row->dwOwningPid, ancestor)) is_foreign = true;
  }
  free(table);
  return is_there && !is_foreign ? 0 : WSAEADDRINUSE;
}
