// sc.exe, as far as practice servers know it: the real service manager of Wine, with the exit codes and words of Windows. Wine's own sc has neither.
// What Wine's service manager cannot keep (failureflag, sidtype) is accepted and forgotten.
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define LIST_BYTES 8192

static int fail(const char *function, DWORD code) {
  char text[512] = "";
  FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code, 0, text, sizeof text, NULL);
  printf("[SC] %s FAILED %lu:\r\n\r\n%s\r\n", function, code, text);
  return (int)code;
}

static int done(const char *function) {
  printf("[SC] %s SUCCESS\r\n", function);
  return 0;
}

/* The value of "name= value", which are two words. */
static const WCHAR *option(int count, WCHAR **words, const WCHAR *name) {
  int at;
  for (at = 0; at + 1 < count; at++)
    if (_wcsicmp(words[at], name) == 0) return words[at + 1];
  return NULL;
}

static DWORD start_type(const WCHAR *word, DWORD otherwise) {
  if (word == NULL) return otherwise;
  if (_wcsicmp(word, L"auto") == 0 || _wcsicmp(word, L"delayed-auto") == 0) return SERVICE_AUTO_START;
  if (_wcsicmp(word, L"disabled") == 0) return SERVICE_DISABLED;
  return SERVICE_DEMAND_START;
}

static void print_status(const WCHAR *name, const SERVICE_STATUS_PROCESS *status, int extended) {
  static const char *const states[] = {"", "STOPPED", "START_PENDING", "STOP_PENDING", "RUNNING", "CONTINUE_PENDING", "PAUSE_PENDING", "PAUSED"};
  printf("\r\nSERVICE_NAME: %ls\r\n        TYPE               : %lx  WIN32_OWN_PROCESS  \r\n", name, status->dwServiceType);
  printf("        STATE              : %lu  %s \r\n", status->dwCurrentState, states[status->dwCurrentState & 7]);
  printf("        WIN32_EXIT_CODE    : %lu  (0x%lx)\r\n", status->dwWin32ExitCode, status->dwWin32ExitCode);
  printf("        SERVICE_EXIT_CODE  : %lu  (0x%lx)\r\n", status->dwServiceSpecificExitCode, status->dwServiceSpecificExitCode);
  printf("        CHECKPOINT         : 0x%lx\r\n        WAIT_HINT          : 0x%lx\r\n", status->dwCheckPoint, status->dwWaitHint);
  if (extended) printf("        PID                : %lu\r\n        FLAGS              : \r\n", status->dwProcessId);
}

static int query(SC_HANDLE service, const WCHAR *name, int extended) {
  SERVICE_STATUS_PROCESS status;
  DWORD needed;
  if (!QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof status, &needed)) return fail("QueryServiceStatusEx", GetLastError());
  print_status(name, &status, extended);
  return 0;
}

static int query_config(SC_HANDLE service, const WCHAR *name) {
  static BYTE buffer[LIST_BYTES];
  QUERY_SERVICE_CONFIGW *config = (QUERY_SERVICE_CONFIGW *)buffer;
  DWORD needed;
  if (!QueryServiceConfigW(service, config, sizeof buffer, &needed)) return fail("QueryServiceConfig", GetLastError());
  printf("[SC] QueryServiceConfig SUCCESS\r\n\r\nSERVICE_NAME: %ls\r\n        TYPE               : %lx  WIN32_OWN_PROCESS \r\n", name, config->dwServiceType);
  printf("        START_TYPE         : %lu   %s\r\n", config->dwStartType, config->dwStartType == SERVICE_AUTO_START ? "AUTO_START" : "DEMAND_START");
  printf("        BINARY_PATH_NAME   : %ls\r\n        DISPLAY_NAME       : %ls\r\n", config->lpBinaryPathName, config->lpDisplayName);
  printf("        SERVICE_START_NAME : %ls\r\n", config->lpServiceStartName);
  return 0;
}

static int create(SC_HANDLE manager, const WCHAR *name, int count, WCHAR **words) {
  SC_HANDLE service = CreateServiceW(manager, name, option(count, words, L"DisplayName="), SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS,
      start_type(option(count, words, L"start="), SERVICE_DEMAND_START), SERVICE_ERROR_NORMAL, option(count, words, L"binPath="), NULL, NULL, NULL,
      option(count, words, L"obj="), NULL);
  return service == NULL ? fail("CreateService", GetLastError()) : done("CreateService");
}

static int change(SC_HANDLE service, int count, WCHAR **words) {
  BOOL ok = ChangeServiceConfigW(service, SERVICE_NO_CHANGE, start_type(option(count, words, L"start="), SERVICE_NO_CHANGE), SERVICE_NO_CHANGE,
      option(count, words, L"binPath="), NULL, NULL, NULL, option(count, words, L"obj="), NULL, option(count, words, L"DisplayName="));
  return ok ? done("ChangeServiceConfig") : fail("ChangeServiceConfig", GetLastError());
}

static int describe(SC_HANDLE service, WCHAR *text) {
  SERVICE_DESCRIPTIONW description = {text};
  return ChangeServiceConfig2W(service, SERVICE_CONFIG_DESCRIPTION, &description) ? done("ChangeServiceConfig2") : fail("ChangeServiceConfig2", GetLastError());
}

/* The whole of sc.exe: the words after the program's name. */
int service_control(int count, WCHAR **words) {
  const WCHAR *verb = words[0], *name = count > 1 ? words[1] : L"";
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_ALL_ACCESS), service;
  SERVICE_STATUS status;
  if (manager == NULL) return fail("OpenSCManager", GetLastError());
  if (_wcsicmp(verb, L"create") == 0) return create(manager, name, count, words);
  service = OpenServiceW(manager, name, SERVICE_ALL_ACCESS);
  if (service == NULL) return fail(_wcsnicmp(verb, L"query", 5) == 0 ? "EnumQueryServicesStatus:OpenService" : "OpenService", GetLastError());
  if (_wcsicmp(verb, L"query") == 0) return query(service, name, 0);
  if (_wcsicmp(verb, L"queryex") == 0) return query(service, name, 1);
  if (_wcsicmp(verb, L"qc") == 0) return query_config(service, name);
  if (_wcsicmp(verb, L"config") == 0) return change(service, count, words);
  if (_wcsicmp(verb, L"description") == 0) return describe(service, count > 2 ? words[2] : L"");
  if (_wcsicmp(verb, L"delete") == 0) return DeleteService(service) ? done("DeleteService") : fail("DeleteService", GetLastError());
  if (_wcsicmp(verb, L"start") == 0) return StartServiceW(service, 0, NULL) ? query(service, name, 1) : fail("StartService", GetLastError());
  if (_wcsicmp(verb, L"stop") == 0)
    return ControlService(service, SERVICE_CONTROL_STOP, &status) ? query(service, name, 0) : fail("ControlService", GetLastError());
  return done("ChangeServiceConfig2");
}
