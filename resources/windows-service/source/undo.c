// `undo`: an injected fault ends by itself, also when the connection is cut or the server boots. `undo install` makes a service that starts the
// given services after a time, removes the firewall rules of faults and deletes itself.
#include "triad.h"

#define MOST_SERVICES 32
#define START_MS 60000
#define NETSH_MS 30000
#define ATTEMPTS 5

typedef struct {
  wchar_t name[NAME_CHARS];
  uint64_t due_s;
  int count;
  wchar_t services[MOST_SERVICES][NAME_CHARS];
} Undo;

typedef struct {
  wchar_t names[64][NAME_CHARS];
  size_t count;
} RuleNames;

static Undo undo;
static SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS};
static SERVICE_STATUS_HANDLE status_handle;
static HANDLE stop_wanted;

// Names go unquoted into an image path.
static bool is_plain(const wchar_t *name) {
  size_t length = wcslen(name);
  return length > 0 && length < 100 &&
         wcsspn(name, L"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == length;
}

static bool read_services(int count, wchar_t **words) {
  undo.count = count;
  for (int i = 0; i < count; i++)
    if (i >= MOST_SERVICES || !is_plain(words[i]) || !copy_text(undo.services[i], NAME_CHARS, words[i])) return false;
  return true;
}

static void remember_name(const wchar_t *name, void *context) {
  RuleNames *rules = context;
  for (size_t i = 0; i < rules->count; i++)
    if (wcscmp(rules->names[i], name) == 0) return;
  if (rules->count < COUNT_OF(rules->names) && !wcschr(name, L'"') && copy_text(rules->names[rules->count], NAME_CHARS, name)) rules->count++;
}

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

static DWORD remove_fault_rules(RuleNames *rules) {
  rules->count = 0;
  DWORD error = each_firewall_rule(FIREWALL_FAULT_PREFIX, remember_name, rules);
  for (size_t i = 0; i < rules->count; i++) {
    DWORD code = run_netsh(rules->names[i]);
    if (!error) error = code;
  }
  return error;
}

static DWORD start_again(SC_HANDLE manager, const wchar_t *name) {
  SERVICE_STATUS_PROCESS found;
  bool changed;
  release_service(manager, name);
  return start_and_wait(manager, name, START_MS, &changed, &found);
}

// Image path: "...\triad-service.exe" undo-service NAME DUE SERVICE...
static DWORD read_installed(SC_HANDLE manager, const wchar_t *name) {
  wchar_t image[4 * PATH_CHARS], *rest = NULL;
  wchar_t *words[MOST_SERVICES + 2];
  int count = 0;
  DWORD error = service_image_path(manager, name, image, COUNT_OF(image));
  if (error) return error;
  wchar_t *found = wcsstr(image, L"\" undo-service ");
  if (!found) return ERROR_INVALID_SERVICE_CONTROL;
  for (wchar_t *word = wcstok_s(found + 15, L" ", &rest); word && count < MOST_SERVICES + 2; word = wcstok_s(NULL, L" ", &rest)) words[count++] = word;
  return count >= 2 && read_services(count - 2, words + 2) ? 0 : ERROR_INVALID_DATA;
}

static int undo_install(SC_HANDLE manager, int count, wchar_t **words) {
  wchar_t program[PATH_CHARS], image[4 * PATH_CHARS];
  uint64_t seconds;
  SERVICE_STATUS_PROCESS found = {0};
  bool changed;
  if (count < 2 || !read_number(words[0], 1, 86400, &seconds) || !is_plain(words[1]) || !read_services(count - 2, words + 2))
    return fail("arguments", ERROR_BAD_ARGUMENTS, L"undo install SECONDS NAME SERVICE...");
  DWORD length = GetModuleFileNameW(NULL, program, COUNT_OF(program));
  if (length == 0 || length >= COUNT_OF(program)) return fail("GetModuleFileNameW", ERROR_FILENAME_EXCED_RANGE, NULL);
  uint64_t due_s = unix_time_ms() / 1000 + seconds;
  bool fits = print_text(image, COUNT_OF(image), L"\"%ls\" undo-service %ls %I64u", program, words[1], (unsigned long long)due_s);
  for (int i = 2; fits && i < count; i++)
    fits = wcslen(image) + wcslen(words[i]) + 2 < COUNT_OF(image) && wcscat(wcscat(image, L" "), words[i]) != NULL;
  if (!fits) return fail("ImagePath", ERROR_FILENAME_EXCED_RANGE, NULL);
  // No account is given: it has to start services and change the firewall, so it is the system itself, for as long as it is needed.
  SC_HANDLE service = CreateServiceW(manager, words[1], words[1], SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START,
                                     SERVICE_ERROR_NORMAL, image, NULL, NULL, NULL, NULL, NULL);
  if (!service) return fail("CreateServiceW", GetLastError(), words[1]);
  CloseServiceHandle(service);
  DWORD error = start_and_wait(manager, words[1], START_MS, &changed, &found);
  if (error) {
    // A fault must not be injected when its end is not certain.
    delete_and_wait(manager, words[1], &changed);
    return fail("StartServiceW", error, words[1]);
  }
  json_open('{');
  json_pair_text("name", words[1]);
  json_pair_number("dueMs", due_s * 1000);
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
  static RuleNames rules;
  DWORD first_error = 0;
  DWORD error = read_installed(manager, name);
  if (error) return fail("QueryServiceConfigW", error, name);
  json_open('{');
  json_key("services");
  json_open('[');
  for (int i = 0; i < undo.count; i++) {
    error = start_again(manager, undo.services[i]);
    if (!first_error) first_error = error;
    json_open('{');
    json_pair_text("name", undo.services[i]);
    json_pair_number("error", error);
    json_close('}');
  }
  json_close(']');
  error = remove_fault_rules(&rules);
  if (!first_error) first_error = error;
  json_pair_number("rules", rules.count);
  json_pair_number("rulesError", error);
  // While something is not undone the service stays and tries again.
  error = first_error ? 0 : end_undo_service(manager, name);
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
  DWORD error = read_installed(manager, words[1]);
  // Any other service is not ours to delete.
  if (error && error != ERROR_SERVICE_DOES_NOT_EXIST) return fail("QueryServiceConfigW", error, words[1]);
  if (!error) error = end_undo_service(manager, words[1]);
  if (error && error != ERROR_SERVICE_DOES_NOT_EXIST) return fail("DeleteService", error, words[1]);
  json_open('{');
  json_pair_bool("ended", true);
  json_close('}');
  return json_print(0);
}

static void tell(DWORD state) {
  status.dwCurrentState = state;
  status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0;
  SetServiceStatus(status_handle, &status);
}

static DWORD WINAPI on_control(DWORD control, DWORD type, void *data, void *context) {
  (void)type, (void)data, (void)context;
  if (control == SERVICE_CONTROL_INTERROGATE) return NO_ERROR;
  if (control != SERVICE_CONTROL_STOP) return ERROR_CALL_NOT_IMPLEMENTED;
  tell(SERVICE_STOP_PENDING);
  SetEvent(stop_wanted);
  return NO_ERROR;
}

// The clock is read again and again: it may be set while we wait.
static bool is_due(void) {
  while (unix_time_ms() / 1000 < undo.due_s)
    if (WaitForSingleObject(stop_wanted, 500) == WAIT_OBJECT_0) return false;
  return true;
}

static void WINAPI service_main(DWORD count, wchar_t **words) {
  static RuleNames rules;
  bool changed;
  (void)count, (void)words;
  status_handle = RegisterServiceCtrlHandlerExW(undo.name, on_control, NULL);
  if (!status_handle) return;
  tell(SERVICE_RUNNING);
  SC_HANDLE manager = is_due() ? OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT) : NULL;
  if (manager) {
    DWORD error = 1;
    // At boot the manager starts services one after the other and may not take orders for some of them yet.
    for (int attempt = 0; error && attempt < ATTEMPTS; attempt++) {
      if (attempt > 0 && WaitForSingleObject(stop_wanted, 5000) == WAIT_OBJECT_0) break;
      error = remove_fault_rules(&rules);
      for (int i = 0; i < undo.count; i++) {
        DWORD of_service = start_again(manager, undo.services[i]);
        // A service that somebody has removed in the meantime needs no start.
        if (!error && of_service != ERROR_SERVICE_DOES_NOT_EXIST) error = of_service;
      }
    }
    // What did not work five times will not: a service that stays for ever would be the next surprise.
    SC_HANDLE self = OpenServiceW(manager, undo.name, DELETE);
    changed = self && DeleteService(self);
    if (self) CloseServiceHandle(self);
    (void)changed;
    CloseServiceHandle(manager);
  }
  tell(SERVICE_STOPPED);
}

int verb_undo_service(int count, wchar_t **words) {
  if (!is_plain(words[0]) || !copy_text(undo.name, COUNT_OF(undo.name), words[0]) || !read_number(words[1], 0, 1ull << 40, &undo.due_s) ||
      !read_services(count - 2, words + 2))
    return fail("arguments", ERROR_BAD_ARGUMENTS, NULL);
  stop_wanted = CreateEventW(NULL, TRUE, FALSE, NULL);
  if (!stop_wanted) return fail("CreateEventW", GetLastError(), NULL);
  SERVICE_TABLE_ENTRYW table[] = {{undo.name, service_main}, {NULL, NULL}};
  if (!StartServiceCtrlDispatcherW(table)) return fail("StartServiceCtrlDispatcherW", GetLastError(), L"only the service manager starts this");
  return 0;
}
