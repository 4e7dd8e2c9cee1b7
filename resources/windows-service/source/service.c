// Service mode: what the service manager of Windows starts. It keeps redis-server.exe running, tells the manager when it is ready, and ends it
// by Redis' own SHUTDOWN.
#include "triad.h"

#define ASK_MS 2000
#define READY_PAUSE_MS 250
#define TICK_MS 10000
#define HOLD_PAUSE_MS 250
#define RESTART_WINDOW_MS (10 * 60 * 1000)

static ServiceIni ini;
static SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS};
static SERVICE_STATUS_HANDLE manager;
static HANDLE stop_wanted;
// The manager's thread and the service's own both tell the state.
static CRITICAL_SECTION telling;

// What has stopped stays stopped, and what is stopping can only stop: the other thread may be late with its word.
static bool is_late(DWORD state) {
  if (status.dwCurrentState == SERVICE_STOP_PENDING) return state != SERVICE_STOP_PENDING && state != SERVICE_STOPPED;
  return status.dwCurrentState == SERVICE_STOPPED;
}

static void tell_ended(DWORD state, DWORD wait_ms, DWORD error, DWORD own_code) {
  bool is_settled = state == SERVICE_RUNNING || state == SERVICE_PAUSED || state == SERVICE_STOPPED;
  EnterCriticalSection(&telling);
  if (is_late(state)) {
    LeaveCriticalSection(&telling);
    return;
  }
  status.dwWin32ExitCode = error;
  status.dwServiceSpecificExitCode = own_code;
  status.dwCurrentState = state;
  status.dwWaitHint = wait_ms;
  status.dwCheckPoint = is_settled ? 0 : status.dwCheckPoint + 1;
  status.dwControlsAccepted = state == SERVICE_STOPPED || state == SERVICE_STOP_PENDING ? 0 : SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN;
  SetServiceStatus(manager, &status);
  LeaveCriticalSection(&telling);
}

static void tell(DWORD state, DWORD wait_ms) { tell_ended(state, wait_ms, NO_ERROR, 0); }

static void tell_stopped(DWORD error, DWORD own_code) {
  log_line(L"stopped, error %lu, code %lu", error, own_code);
  tell_ended(SERVICE_STOPPED, 0, error, own_code);
}

static DWORD WINAPI on_control(DWORD control, DWORD type, void *data, void *context) {
  (void)type, (void)data, (void)context;
  if (control == SERVICE_CONTROL_INTERROGATE) return NO_ERROR;
  if (control != SERVICE_CONTROL_STOP && control != SERVICE_CONTROL_PRESHUTDOWN) return ERROR_CALL_NOT_IMPLEMENTED;
  log_line(L"asked to stop (control %lu)", control);
  tell(SERVICE_STOP_PENDING, ini.stop_ms + 10000);
  SetEvent(stop_wanted);
  return NO_ERROR;
}

static bool is_stop_wanted(DWORD wait_ms) { return WaitForSingleObject(stop_wanted, wait_ms) == WAIT_OBJECT_0; }

static bool has_ended(const Child *child, DWORD wait_ms) { return WaitForSingleObject(child->process, wait_ms) == WAIT_OBJECT_0; }

// Redis that loads its data answers so and is up: that can take longer than any manager waits.
static bool is_ready_answer(const char *answer) { return strcmp(answer, "+PONG") == 0 || strncmp(answer, "-LOADING", 8) == 0; }

static DWORD ask(const char *command, char *answer, size_t bytes, DWORD timeout_ms) {
  return ask_redis(&ini, GetCurrentProcessId(), command, answer, bytes, timeout_ms);
}

typedef enum { READY, NOT_READY, STOP_WANTED } Readiness;

// `pending` is what the manager is told meanwhile; 0 where it has been told that we run.
static Readiness wait_until_ready(const Child *child, DWORD pending) {
  char answer[256] = "", last[256] = "";
  DWORD last_error = 0;
  ULONGLONG end = GetTickCount64() + ini.ready_ms;
  while (GetTickCount64() < end) {
    if (is_stop_wanted(0)) return STOP_WANTED;
    if (has_ended(child, 0)) {
      DWORD code = 0;
      GetExitCodeProcess(child->process, &code);
      log_line(L"process %lu ended with code %lu before it was ready; its last words:", child->pid, code);
      return NOT_READY;
    }
    DWORD error = ask("PING", answer, sizeof answer, ASK_MS);
    if (!error && is_ready_answer(answer)) {
      log_line(L"ready: %hs", answer);
      return READY;
    }
    if (answer[0] && strcmp(answer, last) != 0) log_line(L"not ready: %hs", answer);
    if (answer[0]) strcpy(last, answer);
    if (error == WSAEADDRINUSE && error != last_error) log_line(L"not ready: port %u belongs to another program", ini.port);
    last_error = error;
    if (pending) tell(pending, ini.ready_ms);
    Sleep(READY_PAUSE_MS);
  }
  log_line(L"process %lu was not ready after %lu ms", child->pid, ini.ready_ms);
  return NOT_READY;
}

static void log_last_words(void) {
  wchar_t path[PATH_CHARS];
  if (print_text(path, COUNT_OF(path), L"%ls\\startup.log", ini.folder)) log_file_end(path);
}

// SHUTDOWN is said again until it is heard: Redis may be starting, or out of connections. It answers only to refuse.
static void stop_child(Child *child) {
  char answer[256];
  bool was_heard = false;
  ULONGLONG end = GetTickCount64() + ini.stop_ms;
  // One that is frozen would hear nothing, and lose what it has not written yet.
  thaw_below(GetCurrentProcessId());
  // All of it together has stopMs.
  for (ULONGLONG now = GetTickCount64(); now < end && !has_ended(child, 0); now = GetTickCount64()) {
    if (!was_heard) {
      // Primaries wait for their replicas before they answer, ten seconds by default: a time limit here means heard as well.
      DWORD error = ask("SHUTDOWN", answer, sizeof answer, (DWORD)(end - now));
      was_heard = (error == 0 && answer[0] == '+') || error == ERROR_TIMEOUT || has_ended(child, 500);
      log_line(L"SHUTDOWN: %ls, error %lu, answer \"%hs\"", was_heard ? L"heard" : L"not heard", error, answer);
    }
    tell(SERVICE_STOP_PENDING, ini.stop_ms + 10000);
    if (has_ended(child, was_heard ? 500 : 1000)) break;
  }
  DWORD code = 0;
  bool is_graceful = has_ended(child, 0);
  GetExitCodeProcess(child->process, &code);
  if (is_graceful) log_line(L"process %lu ended with code %lu", child->pid, code);
  else log_line(L"process %lu did not end in %lu ms and is killed", child->pid, ini.stop_ms);
  end_child(child);
}

// Returns true when the service is to stop, false when Redis ended by itself.
static bool watch_child(const Child *child) {
  HANDLE events[] = {stop_wanted, child->process};
  for (;;) {
    DWORD event = WaitForMultipleObjects(COUNT_OF(events), events, FALSE, TICK_MS);
    if (event == WAIT_OBJECT_0) return true;
    if (event == WAIT_OBJECT_0 + 1) return false;
    rotate_logs(&ini);
  }
}

// The pause before the next start, or false when there were too many.
static bool next_pause(DWORD *pause_ms) {
  static ULONGLONG ends[RESTARTS];
  static size_t count;
  ULONGLONG now = GetTickCount64();
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (now - ends[i] < RESTART_WINDOW_MS) ends[kept++] = ends[i];
  count = kept;
  if (count == RESTARTS) return false;
  *pause_ms = ini.restart_pauses_ms[count];
  ends[count++] = now;
  return true;
}

// False when the service is to stop. The manager is told a pause: what has stopped would not come back when the hold ends.
static bool wait_while_held(void) {
  if (!is_held(ini.folder)) return true;
  log_line(L"held: Redis is not started");
  tell(SERVICE_PAUSED, 0);
  while (is_held(ini.folder))
    if (is_stop_wanted(HOLD_PAUSE_MS)) return false;
  log_line(L"the hold is over");
  tell(SERVICE_CONTINUE_PENDING, ini.ready_ms);
  return true;
}

// False when the service is to stop. A hold ends it: who has set it waits until it is heeded.
static bool pause_before_start(DWORD pause_ms) {
  ULONGLONG end = GetTickCount64() + pause_ms;
  for (ULONGLONG now = GetTickCount64(); now < end && !is_held(ini.folder); now = GetTickCount64())
    if (is_stop_wanted(end - now < HOLD_PAUSE_MS ? (DWORD)(end - now) : HOLD_PAUSE_MS)) return false;
  return true;
}

static void run(void) {
  bool is_first = true;
  for (;;) {
    Child child;
    DWORD code = 0, pause_ms = 0;
    // Between two starts as well: the node is down already, and is to stay down.
    if (!wait_while_held()) {
      tell_stopped(NO_ERROR, 0);
      return;
    }
    rotate_logs(&ini);
    DWORD error = start_child(&ini, &child);
    Readiness readiness = error ? NOT_READY : wait_until_ready(&child, status.dwCurrentState == SERVICE_RUNNING ? 0 : status.dwCurrentState);
    if (readiness == READY) tell(SERVICE_RUNNING, 0);
    if (readiness == STOP_WANTED || (readiness == READY && watch_child(&child))) {
      stop_child(&child);
      tell_stopped(NO_ERROR, 0);
      return;
    }
    if (!error) {
      GetExitCodeProcess(child.process, &code);
      if (readiness == READY) log_line(L"process %lu ended by itself with code %lu", child.pid, code);
      else log_last_words();
      end_child(&child);
    }
    // The death is wanted: it does not count.
    if (is_held(ini.folder)) continue;
    // A wrong configuration is told at once to who starts the service.
    if (is_first && readiness != READY) {
      if (error) tell_stopped(error, 0);
      else tell_stopped(ERROR_SERVICE_SPECIFIC_ERROR, code && code != STILL_ACTIVE ? code : 1);
      return;
    }
    is_first = false;
    if (!next_pause(&pause_ms)) {
      log_line(L"ended %d times in ten minutes: giving up", RESTARTS + 1);
      tell_stopped(ERROR_SERVICE_SPECIFIC_ERROR, code ? code : 1);
      return;
    }
    log_line(L"starting it again in %lu ms", pause_ms);
    if (!pause_before_start(pause_ms)) {
      tell_stopped(NO_ERROR, 0);
      return;
    }
  }
}

static void WINAPI service_main(DWORD count, wchar_t **words) {
  (void)count, (void)words;
  manager = RegisterServiceCtrlHandlerExW(ini.name, on_control, NULL);
  if (!manager) return;
  tell(SERVICE_START_PENDING, ini.ready_ms);
  log_line(L"service %ls begins, triad-service %ls, process %lu", ini.name, TRIAD_VERSION, GetCurrentProcessId());
  run();
}

int verb_service(int count, wchar_t **words) {
  (void)count;
  wchar_t problem[PATH_CHARS] = L"";
  DWORD error = read_ini(words[0], &ini, problem, COUNT_OF(problem));
  if (error) return fail("ini", error, problem);
  log_open(&ini);
  InitializeCriticalSection(&telling);
  stop_wanted = CreateEventW(NULL, TRUE, FALSE, NULL);
  if (!stop_wanted) return fail("CreateEventW", GetLastError(), NULL);
  SERVICE_TABLE_ENTRYW table[] = {{ini.name, service_main}, {NULL, NULL}};
  if (!StartServiceCtrlDispatcherW(table)) return fail("StartServiceCtrlDispatcherW", GetLastError(), L"only the service manager starts this");
  return 0;
}
