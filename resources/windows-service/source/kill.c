// What a failover test does to nodes. `kill`: the hard death: everything below the wrapper at once, without a word to Redis. A hold keeps the wrapper
// from starting Redis again. The wrapper itself lives on and says that it pauses: a service that dies is started anew by the manager, and one that has
// stopped would not come back when the hold is over. `crash`: the same without a hold, so that the wrapper starts Redis again as after any crash.
// `freeze`: Redis keeps its memory and its connections and does nothing, until `start`, `undo` or the end of its service.
//
// Each comes only while the undo that takes it back waits: one that was held up on its way past that would stay.
#include "orders.h"

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

// The process of a service of ours; a service that does not run is an error.
static DWORD find_wrapper(SC_HANDLE manager, const wchar_t *name, ServiceIni *ini, DWORD *wrapper) {
  SERVICE_STATUS_PROCESS status = {0};
  DWORD error = read_service_ini(manager, name, ini);
  if (!error) error = service_state(manager, name, &status);
  *wrapper = status.dwProcessId;
  return error || *wrapper ? error : ERROR_SERVICE_NOT_ACTIVE;
}

// Redis and what it has started. While the wrapper waits before it starts Redis again there is none, which is an error.
static DWORD find_redis(SC_HANDLE manager, const wchar_t *name, DWORD pids[MOST_PROCESSES], size_t *count) {
  static ServiceIni ini;
  DWORD error = find_wrapper(manager, name, &ini, &pids[0]);
  if (error) return error;
  *count = find_tree(pids[0], pids);
  return *count < 2 ? ERROR_SERVICE_NOT_ACTIVE : 0;
}

// Redis before what it has forked. That may be gone before its turn: the wrapper ends the job of a dead Redis.
static DWORD end_below(const DWORD *pids, size_t count, size_t *ended) {
  for (size_t i = 1; i < count; i++) {
    DWORD error = end_process(pids[i]);
    if (error == 0) (*ended)++;
    else if (i == 1) return error;
  }
  return 0;
}

static DWORD kill_service(SC_HANDLE manager, const wchar_t *name, size_t *killed) {
  static ServiceIni ini;
  DWORD pids[MOST_PROCESSES];
  DWORD error = find_wrapper(manager, name, &ini, &pids[0]);
  if (!error) error = hold_node(ini.folder);
  if (!error) error = end_below(pids, find_tree(pids[0], pids), killed);
  return error ? error : wait_until_held(manager, name);
}

static DWORD crash_service(SC_HANDLE manager, const wchar_t *name, size_t *killed) {
  DWORD pids[MOST_PROCESSES];
  size_t count = 0;
  DWORD error = find_redis(manager, name, pids, &count);
  return error ? error : end_below(pids, count, killed);
}

// Of what Redis has forked nothing depends: it has ended, or ends when Redis goes on.
static DWORD freeze_service(SC_HANDLE manager, const wchar_t *name, size_t *threads) {
  DWORD pids[MOST_PROCESSES];
  size_t count = 0;
  DWORD error = find_redis(manager, name, pids, &count);
  if (!error) error = freeze_process(pids[1], threads);
  for (size_t i = 2; i < count && !error; i++) freeze_process(pids[i], threads);
  return error;
}

// UNDO SERVICE...
static int to_each(int count, wchar_t **words, const char *done_key,
                   DWORD (*deed)(SC_HANDLE manager, const wchar_t *name, size_t *done)) {
  DWORD first_error = 0;
  const wchar_t *undo = *words++;
  count--;
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  // It is not waited for: who has it is the undo at its work.
  HANDLE lock = lock_undo(undo, 0);
  DWORD refused = lock ? check_undo(manager, undo, count, words) : ERROR_BUSY;
  if (refused) return fail("undo", refused, undo);
  // Processes of another account.
  ask_for_privilege(SE_DEBUG_NAME);
  json_open('{');
  json_key("services");
  json_open('[');
  for (int i = 0; i < count; i++) {
    size_t done = 0;
    DWORD error = deed(manager, words[i], &done);
    if (!first_error) first_error = error;
    json_open('{');
    json_pair_text("name", words[i]);
    json_pair_number(done_key, done);
    json_pair_number("error", error);
    json_close('}');
  }
  unlock_undo(lock);
  json_close(']');
  json_close('}');
  return json_print(first_error);
}

int verb_kill(int count, wchar_t **words) { return to_each(count, words, "killed", kill_service); }

int verb_crash(int count, wchar_t **words) { return to_each(count, words, "killed", crash_service); }

int verb_freeze(int count, wchar_t **words) { return to_each(count, words, "frozen", freeze_service); }
