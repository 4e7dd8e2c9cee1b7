// `undo`: an injected fault ends by itself, also when the connection is cut or the server boots. `undo install` makes a service that starts the
// given services after a time, removes the firewall rules of its cluster's faults and deletes itself.
#include "orders.h"

// The manager gives no more of an image path than fits into 8 KB with the rest.
#define IMAGE_CHARS 3500
// Above what a service itself waits for Redis (`readyMs`).
#define START_MS 75000
#define INSTALL_MS 30000
// Longer than a fault takes unless the server hangs.
#define FAULT_MS 60000
#define POLL_MS 100
#define TICK_MS 500
// Tries: at boot the manager may not take orders for some services yet; later each minute, for most of a day.
#define SOON_TRIES 12
#define SOON_MS 5000
#define LATER_MS 60000
#define MOST_TRIES 1000

static Undo undo;
static SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS};
static SERVICE_STATUS_HANDLE status_handle;
// The manager's thread and the service's own both tell the state.
static CRITICAL_SECTION telling;

// All begin before the first is waited for. The error of each goes into `errors`; returns the first.
static DWORD start_services(SC_HANDLE manager, const Undo *of, DWORD errors[MOST_SERVICES]) {
  SERVICE_STATUS_PROCESS found;
  bool changed;
  DWORD first_error = 0;
  for (int i = 0; i < of->count; i++) start_and_wait(manager, of->services[i], 0, &changed, &found);
  ULONGLONG end = GetTickCount64() + START_MS;
  for (int i = 0; i < of->count; i++) {
    ULONGLONG now = GetTickCount64();
    errors[i] = start_and_wait(manager, of->services[i], now < end ? (DWORD)(end - now) : 0, &changed, &found);
    // One that somebody has removed in the meantime needs no start.
    if (errors[i] == ERROR_SERVICE_DOES_NOT_EXIST) errors[i] = 0;
    if (!first_error) first_error = errors[i];
  }
  return first_error;
}

// The installed program behind the services where they are ours; what asks us may lie in a folder of uploads, and is gone tomorrow.
static bool find_program(SC_HANDLE manager, const Undo *wanted, wchar_t program[PATH_CHARS]) {
  wchar_t image[3 * PATH_CHARS];
  if (wanted->count > 0 && service_image_path(manager, wanted->services[0], image, COUNT_OF(image)) == 0 && image[0] == L'"') {
    wchar_t *end = wcsstr(image, L"\" service \"");
    if (end) *end = 0;
    if (end && copy_text(program, PATH_CHARS, image + 1) && GetFileAttributesW(program) != INVALID_FILE_ATTRIBUTES) return true;
  }
  DWORD length = GetModuleFileNameW(NULL, program, PATH_CHARS);
  return length > 0 && length < PATH_CHARS;
}

static bool print_image(const Undo *wanted, const wchar_t *program, wchar_t image[IMAGE_CHARS]) {
  bool fits = print_text(image, IMAGE_CHARS, L"\"%ls\" undo-service %ls %I64u %I64u", program, wanted->name, (unsigned long long)wanted->due_s,
                         (unsigned long long)wanted->wait_s);
  for (int i = 0; fits && i < wanted->count; i++)
    fits = wcslen(image) + wcslen(wanted->services[i]) + 2 < IMAGE_CHARS && wcscat(wcscat(image, L" "), wanted->services[i]) != NULL;
  return fits;
}

// Should its process die, the manager starts it again.
static void set_failure_actions(SC_HANDLE service) {
  SC_ACTION restart = {SC_ACTION_RESTART, 5000};
  SERVICE_FAILURE_ACTIONSW actions = {.dwResetPeriod = 86400, .cActions = 1, .lpsaActions = &restart};
  SERVICE_FAILURE_ACTIONS_FLAG flag = {TRUE};
  ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS, &actions);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, &flag);
}

// Creates the service, or gives the one that is there its new orders without a moment in which there is none. Services of the earlier orders stay
// among them: nobody has started those yet.
static DWORD put_in_place(SC_HANDLE manager, const Undo *asked, const wchar_t **at) {
  static Undo wanted, found;
  wchar_t program[PATH_CHARS], image[IMAGE_CHARS], *earlier[MOST_SERVICES];
  SERVICE_STATUS_PROCESS now = {0};
  bool changed;
  wanted = *asked;
  DWORD error = read_installed(manager, wanted.name, &found);
  *at = L"QueryServiceConfigW";
  if (error && error != ERROR_SERVICE_DOES_NOT_EXIST) return error;
  bool is_new = error != 0;
  for (int i = 0; !is_new && i < found.count; i++) earlier[i] = found.services[i];
  *at = L"ImagePath";
  if (!is_new && !add_services(&wanted, found.count, earlier)) return ERROR_FILENAME_EXCED_RANGE;
  if (!find_program(manager, &wanted, program) || !print_image(&wanted, program, image)) return ERROR_FILENAME_EXCED_RANGE;
  *at = is_new ? L"CreateServiceW" : L"ChangeServiceConfigW";
  // No account is given: it has to start services and change the firewall, so it is the system itself, for as long as it is needed.
  SC_HANDLE service = is_new ? CreateServiceW(manager, wanted.name, wanted.name, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START,
                                              SERVICE_ERROR_NORMAL, image, NULL, NULL, NULL, NULL, NULL)
                             : OpenServiceW(manager, wanted.name, SERVICE_ALL_ACCESS);
  if (!service) return GetLastError();
  error = is_new || ChangeServiceConfigW(service, SERVICE_NO_CHANGE, SERVICE_AUTO_START, SERVICE_NO_CHANGE, image, NULL, NULL, NULL, NULL, NULL, NULL)
              ? 0
              : GetLastError();
  if (!error) set_failure_actions(service);
  CloseServiceHandle(service);
  if (error) return error;
  *at = L"StartServiceW";
  error = start_and_wait(manager, wanted.name, START_MS, &changed, &now);
  // A fault must not be injected when its end is not certain.
  if (error && is_new) delete_and_wait(manager, wanted.name, &changed);
  return error;
}

static int undo_install(SC_HANDLE manager, int count, wchar_t **words) {
  static Undo wanted;
  const wchar_t *at = L"";
  char where[64];
  uint64_t seconds;
  if (count < 2 || !read_number(words[0], 1, 86400, &seconds) || !is_plain(words[1]) || !copy_text(wanted.name, NAME_CHARS, words[1]) ||
      !add_services(&wanted, count - 2, words + 2))
    return fail("arguments", ERROR_BAD_ARGUMENTS, L"undo install SECONDS NAME SERVICE...");
  wanted.wait_s = seconds;
  wanted.due_s = unix_time_ms() / 1000 + seconds;
  DWORD error = put_in_place(manager, &wanted, &at);
  // One of that name is deleting itself, its work being done.
  ULONGLONG end = GetTickCount64() + INSTALL_MS;
  while ((error == ERROR_SERVICE_MARKED_FOR_DELETE || error == ERROR_SERVICE_DOES_NOT_EXIST) && GetTickCount64() < end) {
    Sleep(POLL_MS);
    error = put_in_place(manager, &wanted, &at);
  }
  text_to_utf8(at, where, sizeof where);
  if (error) return fail(where, error, words[1]);
  json_open('{');
  json_pair_text("name", words[1]);
  json_pair_number("dueMs", wanted.due_s * 1000);
  json_close('}');
  return json_print(0);
}

static DWORD end_undo_service(SC_HANDLE manager, const wchar_t *name) {
  bool changed;
  DWORD error = stop_and_wait(manager, name, START_MS, &changed);
  if (error == ERROR_SERVICE_DOES_NOT_EXIST) return 0;
  return error ? error : delete_and_wait(manager, name, &changed);
}

static int undo_now(SC_HANDLE manager, const wchar_t *name) {
  size_t rules;
  DWORD errors[MOST_SERVICES];
  // A fault that is being made is waited for: it must not come after what takes it back.
  HANDLE lock = lock_undo(name, FAULT_MS);
  DWORD error = read_installed(manager, name, &undo);
  // Without an undo no service waits for one; rules of faults may still stand.
  if (error == ERROR_SERVICE_DOES_NOT_EXIST) undo.count = 0;
  else if (error) return fail("QueryServiceConfigW", error, name);
  // Before the services are waited for: what is cut off needs that most.
  DWORD rules_error = remove_fault_rules(name, &rules);
  DWORD first_error = start_services(manager, &undo, errors);
  json_open('{');
  json_key("services");
  json_open('[');
  for (int i = 0; i < undo.count; i++) {
    json_open('{');
    json_pair_text("name", undo.services[i]);
    json_pair_number("error", errors[i]);
    json_close('}');
  }
  json_close(']');
  if (!first_error) first_error = rules_error;
  json_pair_number("rules", rules);
  json_pair_number("rulesError", rules_error);
  // While something is not undone the service stays and tries again.
  error = first_error ? 0 : end_undo_service(manager, name);
  unlock_undo(lock);
  json_pair_bool("ended", !first_error && !error);
  json_close('}');
  return json_print(first_error ? first_error : error);
}

int verb_undo(int count, wchar_t **words) {
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  if (wcscmp(words[0], L"install") == 0) return undo_install(manager, count - 1, words + 1);
  if (count == 2 && wcscmp(words[0], L"now") == 0) return undo_now(manager, words[1]);
  if (count != 2 || wcscmp(words[0], L"cancel") != 0) return fail("arguments", ERROR_BAD_ARGUMENTS, L"undo install, undo now or undo cancel");
  DWORD error = read_installed(manager, words[1], &undo);
  // Any other service is not ours to delete.
  if (error && error != ERROR_SERVICE_DOES_NOT_EXIST) return fail("QueryServiceConfigW", error, words[1]);
  if (!error) error = end_undo_service(manager, words[1]);
  if (error && error != ERROR_SERVICE_DOES_NOT_EXIST) return fail("DeleteService", error, words[1]);
  json_open('{');
  json_pair_bool("ended", true);
  json_close('}');
  return json_print(0);
}

// What has stopped stays stopped.
static void tell(DWORD state) {
  EnterCriticalSection(&telling);
  if (status.dwCurrentState != SERVICE_STOPPED) {
    status.dwCurrentState = state;
    status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0;
    SetServiceStatus(status_handle, &status);
  }
  LeaveCriticalSection(&telling);
}

// At once, also while services are being started: the process ends with this word, and has nothing to bring to an end.
static DWORD WINAPI on_control(DWORD control, DWORD type, void *data, void *context) {
  (void)type, (void)data, (void)context;
  if (control == SERVICE_CONTROL_INTERROGATE) return NO_ERROR;
  if (control != SERVICE_CONTROL_STOP) return ERROR_CALL_NOT_IMPLEMENTED;
  tell(SERVICE_STOPPED);
  return NO_ERROR;
}

// Takes orders that were installed since; what cannot be read changes nothing.
static bool has_new_orders(SC_HANDLE manager) {
  static Undo found;
  if (read_installed(manager, undo.name, &found) != 0 || memcmp(&found, &undo, sizeof undo) == 0) return false;
  memcpy(&undo, &found, sizeof undo);
  return true;
}

static bool heal(SC_HANDLE manager) {
  size_t rules;
  DWORD errors[MOST_SERVICES];
  bool has_rules = remove_fault_rules(undo.name, &rules) != 0;
  return start_services(manager, &undo, errors) == 0 && !has_rules;
}

// Whoever gives new orders looks at our state after it has written them: running, we read them before we delete ourselves; ending, it waits.
static bool delete_self(SC_HANDLE manager) {
  tell(SERVICE_STOP_PENDING);
  if (has_new_orders(manager)) {
    tell(SERVICE_RUNNING);
    return false;
  }
  SC_HANDLE self = OpenServiceW(manager, undo.name, DELETE);
  if (self) {
    DeleteService(self);
    CloseServiceHandle(self);
  }
  return true;
}

// Whether all is taken back and we are gone. A fault that is being made is waited for, and none is made meanwhile. With orders that came in the meantime
// nothing is taken back: the fault is theirs.
static bool take_back(SC_HANDLE manager, bool is_last_try, bool *is_new) {
  HANDLE lock = lock_undo(undo.name, FAULT_MS);
  *is_new = has_new_orders(manager);
  bool is_over = !*is_new && (heal(manager) || is_last_try);
  bool is_gone = is_over && delete_self(manager);
  if (is_over && !is_gone) *is_new = true;
  unlock_undo(lock);
  return is_gone;
}

static void obey(SC_HANDLE manager) {
  ULONGLONG begun = GetTickCount64(), next = begun;
  int tries = 0;
  for (;; Sleep(TICK_MS)) {
    ULONGLONG now = GetTickCount64();
    bool is_new = has_new_orders(manager);
    // The clock is read again and again: it may be set while we wait.
    if (!is_new && now >= next && (now - begun >= undo.wait_s * 1000 || unix_time_ms() / 1000 >= undo.due_s)) {
      tries++;
      // What did not work in most of a day will not: a service that stays for ever would be the next surprise.
      if (take_back(manager, tries == MOST_TRIES, &is_new)) return;
      next = GetTickCount64() + (tries < SOON_TRIES ? SOON_MS : LATER_MS);
    }
    if (is_new) {
      begun = next = GetTickCount64();
      tries = 0;
    }
  }
}

static void WINAPI service_main(DWORD count, wchar_t **words) {
  (void)count, (void)words;
  status_handle = RegisterServiceCtrlHandlerExW(undo.name, on_control, NULL);
  if (!status_handle) return;
  tell(SERVICE_RUNNING);
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  // With an error the manager starts us again.
  if (!manager) status.dwWin32ExitCode = GetLastError();
  else obey(manager);
  tell(SERVICE_STOPPED);
}

int verb_undo_service(int count, wchar_t **words) {
  if (!read_orders(count, words, &undo)) return fail("arguments", ERROR_BAD_ARGUMENTS, NULL);
  InitializeCriticalSection(&telling);
  SERVICE_TABLE_ENTRYW table[] = {{undo.name, service_main}, {NULL, NULL}};
  if (!StartServiceCtrlDispatcherW(table)) return fail("StartServiceCtrlDispatcherW", GetLastError(), L"only the service manager starts this");
  return 0;
}
