// Asking the service manager, and waiting for what it was asked to do.
#include "triad.h"

#define CONFIG_BYTES 8192
#define POLL_MS 100
#define ASK_MS 2000

static const wchar_t *const state_names[] = {L"stopped",         L"startPending", L"stopPending", L"running",
                                             L"continuePending", L"pausePending", L"paused"};

const wchar_t *service_state_name(DWORD state) {
  return state >= SERVICE_STOPPED && state <= SERVICE_PAUSED ? state_names[state - SERVICE_STOPPED] : L"unknown";
}

static const wchar_t *start_type_name(DWORD type) {
  switch (type) {
    case SERVICE_AUTO_START: return L"auto";
    case SERVICE_DEMAND_START: return L"demand";
    case SERVICE_DISABLED: return L"disabled";
    default: return L"driver";
  }
}

static const wchar_t *action_name(SC_ACTION_TYPE type) {
  switch (type) {
    case SC_ACTION_NONE: return L"none";
    case SC_ACTION_RESTART: return L"restart";
    case SC_ACTION_REBOOT: return L"reboot";
    case SC_ACTION_RUN_COMMAND: return L"command";
    default: return L"unknown";
  }
}

static DWORD query_status(SC_HANDLE service, SERVICE_STATUS_PROCESS *status) {
  DWORD needed;
  return QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)status, sizeof *status, &needed) ? 0 : GetLastError();
}

DWORD service_state(SC_HANDLE manager, const wchar_t *name, SERVICE_STATUS_PROCESS *status) {
  SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_STATUS);
  if (!service) return GetLastError();
  DWORD error = query_status(service, status);
  CloseServiceHandle(service);
  return error;
}

DWORD service_image_path(SC_HANDLE manager, const wchar_t *name, wchar_t *path, size_t chars) {
  union {
    QUERY_SERVICE_CONFIGW config;
    BYTE bytes[CONFIG_BYTES];
  } found;
  DWORD needed, error = 0;
  path[0] = 0;
  SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_CONFIG);
  if (!service) return GetLastError();
  if (!QueryServiceConfigW(service, &found.config, sizeof found, &needed)) error = GetLastError();
  else if (!copy_text(path, chars, found.config.lpBinaryPathName)) error = ERROR_INSUFFICIENT_BUFFER;
  CloseServiceHandle(service);
  return error;
}

// The ini behind a service of ours, from its image path.
static DWORD service_ini_path(SC_HANDLE manager, const wchar_t *name, wchar_t *path, size_t chars) {
  wchar_t image[3 * PATH_CHARS];
  const wchar_t *before = L"\" service \"";
  DWORD error = service_image_path(manager, name, image, COUNT_OF(image));
  path[0] = 0;
  if (error) return error;
  wchar_t *found = wcsstr(image, before);
  // A service of another program.
  if (!found) return ERROR_INVALID_SERVICE_CONTROL;
  found += wcslen(before);
  wchar_t *end = wcschr(found, L'"');
  if (!end) return ERROR_INVALID_DATA;
  *end = 0;
  return copy_text(path, chars, found) ? 0 : ERROR_INSUFFICIENT_BUFFER;
}

DWORD read_service_ini(SC_HANDLE manager, const wchar_t *name, ServiceIni *ini) {
  wchar_t path[PATH_CHARS], problem[PATH_CHARS];
  DWORD error = service_ini_path(manager, name, path, COUNT_OF(path));
  return error ? error : read_ini(path, ini, problem, COUNT_OF(problem));
}

static void json_failure_actions(SC_HANDLE service) {
  union {
    SERVICE_FAILURE_ACTIONSW actions;
    BYTE bytes[CONFIG_BYTES];
  } found;
  DWORD needed;
  json_key("failureActions");
  if (!QueryServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS, found.bytes, sizeof found, &needed)) {
    json_null();
    return;
  }
  json_open('[');
  for (DWORD i = 0; i < found.actions.cActions; i++) {
    json_open('{');
    json_pair_text("type", action_name(found.actions.lpsaActions[i].Type));
    json_pair_number("delayMs", found.actions.lpsaActions[i].Delay);
    json_close('}');
  }
  json_close(']');
}

// The rest of a service's settings; null is what this system does not tell.
static void json_settings(SC_HANDLE service) {
  SERVICE_DELAYED_AUTO_START_INFO delayed;
  SERVICE_FAILURE_ACTIONS_FLAG flag;
  SERVICE_SID_INFO sid;
  SERVICE_PRESHUTDOWN_INFO preshutdown;
  DWORD needed;
  json_key("delayed");
  if (QueryServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, (BYTE *)&delayed, sizeof delayed, &needed))
    json_bool(delayed.fDelayedAutostart != 0);
  else json_null();
  json_failure_actions(service);
  json_key("failureFlag");
  if (QueryServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, (BYTE *)&flag, sizeof flag, &needed))
    json_bool(flag.fFailureActionsOnNonCrashFailures != 0);
  else json_null();
  json_key("sidType");
  if (QueryServiceConfig2W(service, SERVICE_CONFIG_SERVICE_SID_INFO, (BYTE *)&sid, sizeof sid, &needed)) json_number(sid.dwServiceSidType);
  else json_null();
  json_key("preshutdownMs");
  if (QueryServiceConfig2W(service, SERVICE_CONFIG_PRESHUTDOWN_INFO, (BYTE *)&preshutdown, sizeof preshutdown, &needed))
    json_number(preshutdown.dwPreshutdownTimeout);
  else json_null();
}

// What runs for a service now: it may have been started before the service was changed.
static void json_process(DWORD pid) {
  wchar_t path[PATH_CHARS];
  uint64_t begun = pid ? process_begun(pid) : 0;
  FILETIME time = {(DWORD)begun, (DWORD)(begun >> 32)};
  json_pair_text("program", pid && program_of(pid, path, COUNT_OF(path)) ? path : NULL);
  json_key("begunMs");
  if (begun) json_number(file_time_to_unix_ms(time));
  else json_null();
}

void json_service(SC_HANDLE manager, const wchar_t *name) {
  union {
    QUERY_SERVICE_CONFIGW config;
    BYTE bytes[CONFIG_BYTES];
  } found;
  SERVICE_STATUS_PROCESS status = {0};
  DWORD needed, error = 0;
  json_open('{');
  json_pair_text("name", name);
  SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG);
  if (!service) error = GetLastError();
  else if (!QueryServiceConfigW(service, &found.config, sizeof found, &needed)) error = GetLastError();
  else error = query_status(service, &status);
  if (error == ERROR_SERVICE_DOES_NOT_EXIST) {
    json_pair_text("state", L"missing");
  } else if (error) {
    json_pair_text("state", L"unknown");
    json_pair_number("error", error);
  } else {
    json_pair_text("state", service_state_name(status.dwCurrentState));
    json_key("pid");
    if (status.dwProcessId) json_number(status.dwProcessId);
    else json_null();
    json_pair_number("exitCode", status.dwWin32ExitCode);
    json_pair_number("ownExitCode", status.dwServiceSpecificExitCode);
    json_pair_text("startType", start_type_name(found.config.dwStartType));
    json_pair_text("account", found.config.lpServiceStartName);
    json_pair_text("displayName", found.config.lpDisplayName);
    json_pair_text("imagePath", found.config.lpBinaryPathName);
    json_process(status.dwProcessId);
    json_settings(service);
  }
  if (service) CloseServiceHandle(service);
  json_close('}');
}

// The service runs also while its wrapper starts Redis anew. Whatever Redis says, it is there: its wrapper has found it ready before. It is asked without
// a password, so that who may start a service need not be able to read it.
static bool does_redis_answer(const ServiceIni *ini, DWORD wrapper) {
  char answer[256];
  return ask_redis(ini, wrapper, "PING", answer, sizeof answer, ASK_MS) == 0 && answer[0] != 0;
}

DWORD start_and_wait(SC_HANDLE manager, const wchar_t *name, DWORD wait_ms, bool *changed, SERVICE_STATUS_PROCESS *status) {
  static ServiceIni ini;
  bool is_told = false;
  *changed = false;
  SC_HANDLE service = OpenServiceW(manager, name, SERVICE_START | SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG);
  if (!service) return GetLastError();
  bool is_ours = read_service_ini(manager, name, &ini) == 0;
  ini.password_file[0] = 0;
  ULONGLONG end = GetTickCount64() + wait_ms;
  DWORD error = query_status(service, status);
  *changed = !error && status->dwCurrentState != SERVICE_RUNNING;
  if (is_ours) {
    release_node(ini.folder);
    // Processes of another account.
    ask_for_privilege(SE_DEBUG_NAME);
    if (!error) thaw_below(status->dwProcessId);
  }
  for (;;) {
    error = query_status(service, status);
    if (error || (status->dwCurrentState == SERVICE_RUNNING && (!is_ours || does_redis_answer(&ini, status->dwProcessId)))) break;
    // A service that stopped while it was starting has said why; the manager's own code for one that only ended is 1067.
    if (status->dwCurrentState == SERVICE_STOPPED && is_told) error = status->dwWin32ExitCode ? status->dwWin32ExitCode : ERROR_SERVICE_NOT_ACTIVE;
    // A manager that has not noticed the death of a service's process looks when it is told to start it; where it lives this is refused, and changes nothing.
    else if (status->dwCurrentState == SERVICE_STOPPED || status->dwCurrentState == SERVICE_RUNNING) {
      bool is_started = StartServiceW(service, 0, NULL) != 0;
      error = is_started ? 0 : GetLastError();
      is_told = is_told || is_started;
      // Its process has not quite ended, or the manager is busy with another: it is told again.
      if (error == ERROR_SERVICE_ALREADY_RUNNING || error == ERROR_SERVICE_DATABASE_LOCKED) error = 0;
    }
    if (!error && GetTickCount64() >= end) error = ERROR_TIMEOUT;
    if (error) break;
    Sleep(POLL_MS);
  }
  CloseServiceHandle(service);
  return error;
}

DWORD stop_and_wait(SC_HANDLE manager, const wchar_t *name, DWORD wait_ms, bool *changed) {
  SERVICE_STATUS_PROCESS now;
  SERVICE_STATUS ignored;
  DWORD error = 0;
  SC_HANDLE service = OpenServiceW(manager, name, SERVICE_STOP | SERVICE_QUERY_STATUS);
  if (!service) return GetLastError();
  ULONGLONG end = GetTickCount64() + wait_ms;
  *changed = false;
  while (!error) {
    error = query_status(service, &now);
    if (error || now.dwCurrentState == SERVICE_STOPPED) break;
    // One that is starting takes no order yet (1061), so it is told again.
    if (now.dwCurrentState != SERVICE_STOP_PENDING) {
      if (ControlService(service, SERVICE_CONTROL_STOP, &ignored)) *changed = true;
      else error = GetLastError();
      // 109: its process ended before it could say that it has heard.
      if (error == ERROR_SERVICE_CANNOT_ACCEPT_CTRL || error == ERROR_SERVICE_NOT_ACTIVE || error == ERROR_BROKEN_PIPE) error = 0;
    }
    if (!error && GetTickCount64() >= end) error = ERROR_TIMEOUT;
    if (!error) Sleep(POLL_MS);
  }
  CloseServiceHandle(service);
  return error;
}

DWORD delete_and_wait(SC_HANDLE manager, const wchar_t *name, bool *changed) {
  SERVICE_STATUS_PROCESS status;
  DWORD error = 0;
  *changed = false;
  SC_HANDLE service = OpenServiceW(manager, name, DELETE);
  if (!service) return GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST ? 0 : GetLastError();
  if (DeleteService(service)) *changed = true;
  else error = GetLastError();
  CloseServiceHandle(service);
  // It is gone when the last one who looks at it has closed it.
  for (int attempt = 0; !error && attempt < 50; attempt++) {
    if (service_state(manager, name, &status) == ERROR_SERVICE_DOES_NOT_EXIST) return 0;
    Sleep(POLL_MS);
  }
  return error ? error : ERROR_SERVICE_MARKED_FOR_DELETE;
}
