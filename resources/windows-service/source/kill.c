// `kill`: the hard death of a node, as a failover test wants it: everything below the wrapper at once, without a word to Redis. A hold keeps the
// wrapper from starting Redis again. The wrapper itself lives on and says that it pauses: a service that dies is started anew by the manager, and one
// that has stopped would not come back when the hold is over.
#include "triad.h"

#include <tlhelp32.h>

#define MOST_PROCESSES 64

// The process and all below it, parents first.
static size_t find_tree(DWORD root, DWORD pids[MOST_PROCESSES]) {
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

static DWORD end_process(DWORD pid) {
  HANDLE process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, pid);
  if (!process) return GetLastError();
  DWORD error = TerminateProcess(process, 1) ? 0 : GetLastError();
  if (!error && WaitForSingleObject(process, 5000) != WAIT_OBJECT_0) error = ERROR_TIMEOUT;
  CloseHandle(process);
  return error;
}

// The wrapper sees that Redis has died, and that it is held, and says so to the manager.
static DWORD wait_until_held(SC_HANDLE manager, const wchar_t *name) {
  SERVICE_STATUS_PROCESS status = {0};
  for (int attempt = 0; attempt < 100; attempt++) {
    DWORD error = service_state(manager, name, &status);
    if (error || status.dwCurrentState == SERVICE_PAUSED || status.dwCurrentState == SERVICE_STOPPED) return error;
    Sleep(100);
  }
  return ERROR_TIMEOUT;
}

static DWORD kill_service(SC_HANDLE manager, const wchar_t *name, size_t *killed) {
  static ServiceIni ini;
  SERVICE_STATUS_PROCESS status;
  DWORD pids[MOST_PROCESSES];
  DWORD error = read_service_ini(manager, name, &ini);
  if (!error) error = service_state(manager, name, &status);
  if (!error && !status.dwProcessId) error = ERROR_SERVICE_NOT_ACTIVE;
  if (!error) error = hold_node(ini.folder);
  if (error) return error;
  size_t count = find_tree(status.dwProcessId, pids);
  // Redis before what it has forked. That may be gone before its turn: the wrapper ends the job of a dead Redis.
  for (size_t i = 1; i < count; i++) {
    DWORD of_process = end_process(pids[i]);
    if (of_process == 0) (*killed)++;
    else if (i == 1) return of_process;
  }
  return wait_until_held(manager, name);
}

int verb_kill(int count, wchar_t **words) {
  DWORD first_error = 0;
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  // Processes of another account.
  ask_for_privilege(SE_DEBUG_NAME);
  json_open('{');
  json_key("services");
  json_open('[');
  for (int i = 0; i < count; i++) {
    size_t killed = 0;
    DWORD error = kill_service(manager, words[i], &killed);
    if (!first_error) first_error = error;
    json_open('{');
    json_pair_text("name", words[i]);
    json_pair_number("killed", killed);
    json_pair_number("error", error);
    json_close('}');
  }
  json_close(']');
  json_close('}');
  return json_print(first_error);
}
