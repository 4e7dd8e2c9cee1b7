// `install`, `status`, `start`, `stop`, `remove`: a service as its ini wants it.
#include "triad.h"

#define CONFIG_BYTES 8192

typedef struct {
  const wchar_t *name;
  DWORD level;
  void *value;
  size_t compared_bytes;
} Setting;

static bool same_text(const wchar_t *one, const wchar_t *other) { return _wcsicmp(one ? one : L"", other ? other : L"") == 0; }

// The list of services it waits for has an end mark after each name and one more at the end.
static void list_of_one(const wchar_t *name, wchar_t list[NAME_CHARS + 1]) {
  memset(list, 0, (NAME_CHARS + 1) * sizeof *list);
  copy_text(list, NAME_CHARS, name);
}

static bool is_as_wanted(SC_HANDLE service, const ServiceIni *ini, const wchar_t *image) {
  union {
    QUERY_SERVICE_CONFIGW config;
    BYTE bytes[CONFIG_BYTES];
  } found;
  DWORD needed;
  return QueryServiceConfigW(service, &found.config, sizeof found, &needed) && found.config.dwStartType == ini->start_type &&
         found.config.dwServiceType == SERVICE_WIN32_OWN_PROCESS && same_text(found.config.lpBinaryPathName, image) &&
         same_text(found.config.lpServiceStartName, ini->account) && same_text(found.config.lpDisplayName, ini->display) &&
         same_text(found.config.lpDependencies, ini->depends_on);
}

static DWORD open_or_create(SC_HANDLE manager, const ServiceIni *ini, const wchar_t *image, SC_HANDLE *service, bool *created, bool *changed) {
  wchar_t depends_on[NAME_CHARS + 1];
  list_of_one(ini->depends_on, depends_on);
  *created = *changed = false;
  *service = OpenServiceW(manager, ini->name, SERVICE_ALL_ACCESS);
  if (!*service && GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST) {
    *service = CreateServiceW(manager, ini->name, ini->display, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, ini->start_type,
                              SERVICE_ERROR_NORMAL, image, NULL, NULL, depends_on, ini->account, NULL);
    *created = *changed = *service != NULL;
    return *service ? 0 : GetLastError();
  }
  if (!*service) return GetLastError();
  if (is_as_wanted(*service, ini, image)) return 0;
  *changed = true;
  return ChangeServiceConfigW(*service, SERVICE_WIN32_OWN_PROCESS, ini->start_type, SERVICE_ERROR_NORMAL, image, NULL, NULL, depends_on,
                              ini->account, NULL, ini->display)
             ? 0
             : GetLastError();
}

static bool same_actions(const SERVICE_FAILURE_ACTIONSW *found, const SERVICE_FAILURE_ACTIONSW *wanted) {
  if (found->cActions != wanted->cActions || found->dwResetPeriod != wanted->dwResetPeriod) return false;
  return memcmp(found->lpsaActions, wanted->lpsaActions, wanted->cActions * sizeof *wanted->lpsaActions) == 0;
}

static bool has_setting(SC_HANDLE service, const Setting *setting) {
  union {
    SERVICE_FAILURE_ACTIONSW actions;
    SERVICE_DESCRIPTIONW description;
    BYTE bytes[CONFIG_BYTES];
  } found;
  DWORD needed;
  if (!QueryServiceConfig2W(service, setting->level, found.bytes, sizeof found, &needed)) return false;
  if (setting->level == SERVICE_CONFIG_FAILURE_ACTIONS) return same_actions(&found.actions, setting->value);
  if (setting->level == SERVICE_CONFIG_DESCRIPTION)
    return same_text(found.description.lpDescription, ((SERVICE_DESCRIPTIONW *)setting->value)->lpDescription);
  return memcmp(found.bytes, setting->value, setting->compared_bytes) == 0;
}

// Settings that this system refuses are reported, not fatal: the service works without them. Returns whether one was changed.
static bool json_apply_settings(SC_HANDLE service, ServiceIni *ini) {
  // Second line only: the wrapper restarts Redis itself, and gives up after five times in ten minutes.
  SC_ACTION restarts[] = {{SC_ACTION_RESTART, 5000}, {SC_ACTION_RESTART, 15000}, {SC_ACTION_RESTART, 60000}};
  SERVICE_FAILURE_ACTIONSW actions = {.dwResetPeriod = 86400, .cActions = COUNT_OF(restarts), .lpsaActions = restarts};
  // Without it they follow only when the process dies without a word to the manager.
  SERVICE_FAILURE_ACTIONS_FLAG flag = {TRUE};
  SERVICE_DELAYED_AUTO_START_INFO delayed = {ini->delayed};
  // Its SID is in the token, so that files can be granted to this service alone.
  SERVICE_SID_INFO sid = {SERVICE_SID_TYPE_UNRESTRICTED};
  SERVICE_PRESHUTDOWN_INFO preshutdown = {ini->stop_ms + 10000};
  SERVICE_DESCRIPTIONW description = {ini->description};
  const Setting settings[] = {
      {L"description", SERVICE_CONFIG_DESCRIPTION, &description, 0},
      {L"failureActions", SERVICE_CONFIG_FAILURE_ACTIONS, &actions, 0},
      {L"failureFlag", SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, &flag, sizeof flag},
      {L"delayed", SERVICE_CONFIG_DELAYED_AUTO_START_INFO, &delayed, sizeof delayed},
      {L"sidType", SERVICE_CONFIG_SERVICE_SID_INFO, &sid, sizeof sid},
      {L"preshutdownMs", SERVICE_CONFIG_PRESHUTDOWN_INFO, &preshutdown, sizeof preshutdown},
  };
  bool changed = false;
  json_key("refused");
  json_open('[');
  for (size_t i = 0; i < COUNT_OF(settings); i++) {
    // Windows refuses this one for a service that does not start by itself, also where it is off.
    if (settings[i].level == SERVICE_CONFIG_DELAYED_AUTO_START_INFO && ini->start_type != SERVICE_AUTO_START) continue;
    if (has_setting(service, &settings[i])) continue;
    SetLastError(0);
    if (ChangeServiceConfig2W(service, settings[i].level, settings[i].value)) {
      // What cannot be read back cannot be told from a change.
      if (has_setting(service, &settings[i])) changed = true;
      continue;
    }
    DWORD error = GetLastError();
    json_open('{');
    json_pair_text("setting", settings[i].name);
    json_pair_number("error", error ? error : ERROR_CALL_NOT_IMPLEMENTED);
    json_close('}');
  }
  json_close(']');
  return changed;
}

int verb_install(int count, wchar_t **words) {
  (void)count;
  static ServiceIni ini;
  wchar_t problem[PATH_CHARS] = L"", program[PATH_CHARS], ini_path[PATH_CHARS], image[3 * PATH_CHARS];
  bool created, changed;
  SC_HANDLE service;
  DWORD error = read_ini(words[0], &ini, problem, COUNT_OF(problem));
  if (error) return fail("ini", error, problem);
  // Whoever could write the ini would else have a program of their choice run by the system.
  if (!print_text(problem, COUNT_OF(problem), L"NT SERVICE\\%ls", ini.name) || !same_text(problem, ini.account))
    return fail("account", ERROR_INVALID_SERVICE_ACCOUNT, ini.account);
  DWORD length = GetModuleFileNameW(NULL, program, COUNT_OF(program));
  if (length == 0 || length >= COUNT_OF(program)) return fail("GetModuleFileNameW", ERROR_FILENAME_EXCED_RANGE, NULL);
  length = GetFullPathNameW(words[0], COUNT_OF(ini_path), ini_path, NULL);
  if (length == 0 || length >= COUNT_OF(ini_path)) return fail("GetFullPathNameW", ERROR_FILENAME_EXCED_RANGE, words[0]);
  // Always quoted: a path with a space and without quotes can start another program.
  if (!print_text(image, COUNT_OF(image), L"\"%ls\" service \"%ls\"", program, ini_path))
    return fail("ImagePath", ERROR_FILENAME_EXCED_RANGE, NULL);
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  error = open_or_create(manager, &ini, image, &service, &created, &changed);
  if (error) return fail(changed ? "ChangeServiceConfigW" : "CreateServiceW", error, ini.name);
  json_open('{');
  json_pair_text("name", ini.name);
  json_pair_bool("created", created);
  if (json_apply_settings(service, &ini)) changed = true;
  json_pair_bool("changed", changed);
  json_close('}');
  CloseServiceHandle(service);
  CloseServiceHandle(manager);
  return json_print(0);
}

int verb_status(int count, wchar_t **words) {
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  json_open('{');
  json_key("services");
  json_open('[');
  for (int i = 0; i < count; i++) json_service(manager, words[i]);
  json_close(']');
  json_close('}');
  return json_print(0);
}

static bool read_wait(const wchar_t *word, DWORD *wait_ms) {
  uint64_t number;
  if (!read_number(word, 0, 3600000, &number)) return false;
  *wait_ms = (DWORD)number;
  return true;
}

static int print_change(const wchar_t *name, const wchar_t *state, bool changed) {
  json_open('{');
  json_pair_text("name", name);
  json_pair_text("state", state);
  json_pair_bool("changed", changed);
  json_close('}');
  return json_print(0);
}

int verb_start(int count, wchar_t **words) {
  (void)count;
  DWORD wait_ms;
  bool changed = false;
  SERVICE_STATUS_PROCESS status = {0};
  wchar_t detail[NAME_CHARS + 80];
  if (!read_wait(words[1], &wait_ms)) return fail("arguments", ERROR_BAD_ARGUMENTS, words[1]);
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  DWORD error = start_and_wait(manager, words[0], wait_ms, &changed, &status);
  if (!error) return print_change(words[0], L"running", changed);
  print_text(detail, COUNT_OF(detail), L"%ls is %ls, own code %lu", words[0], service_state_name(status.dwCurrentState),
             status.dwServiceSpecificExitCode);
  return fail("StartServiceW", error, detail);
}

int verb_stop(int count, wchar_t **words) {
  (void)count;
  DWORD wait_ms;
  bool changed = false;
  if (!read_wait(words[1], &wait_ms)) return fail("arguments", ERROR_BAD_ARGUMENTS, words[1]);
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  DWORD error = stop_and_wait(manager, words[0], wait_ms, &changed);
  return error ? fail("ControlService", error, words[0]) : print_change(words[0], L"stopped", changed);
}

int verb_remove(int count, wchar_t **words) {
  (void)count;
  SERVICE_STATUS_PROCESS status = {.dwCurrentState = SERVICE_STOPPED};
  bool changed = false;
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  // Windows would delete it when it stops, whenever that is.
  if (service_state(manager, words[0], &status) == 0 && status.dwCurrentState != SERVICE_STOPPED)
    return fail("DeleteService", ERROR_SERVICE_ALREADY_RUNNING, words[0]);
  DWORD error = delete_and_wait(manager, words[0], &changed);
  return error ? fail("DeleteService", error, words[0]) : print_change(words[0], L"missing", changed);
}
