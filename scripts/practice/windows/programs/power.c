// "power.exe off": ends the services of a practice server as Windows does when it goes down: all are told at once, those that asked for it by PRESHUTDOWN,
// and those are waited for as long as they said they may need. It ends with 2, and says who, when one has not ended by then.
#include <windows.h>
#include <stdio.h>
#include <string.h>

/* What Windows gives a service that asked for no time of its own: WaitToKillServiceTimeout is 5 s, and 20 s in older ones. */
#define LIMIT_MS 20000

static ENUM_SERVICE_STATUSW *services(SC_HANDLE manager, DWORD state, DWORD *count) {
  static BYTE list[256 * 1024];
  DWORD needed, resume = 0;
  *count = 0;
  EnumServicesStatusW(manager, SERVICE_WIN32_OWN_PROCESS, state, (ENUM_SERVICE_STATUSW *)list, sizeof list, &needed, count, &resume);
  return (ENUM_SERVICE_STATUSW *)list;
}

/* Wine's own services accept no word of ours and end with it. */
static int is_ours(SC_HANDLE manager, const WCHAR *name) {
  static BYTE buffer[8192];
  QUERY_SERVICE_CONFIGW *config = (QUERY_SERVICE_CONFIGW *)buffer;
  DWORD needed;
  SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_CONFIG);
  int ours = 0;
  if (service == NULL) return 0;
  if (QueryServiceConfigW(service, config, sizeof buffer, &needed)) {
    CharLowerW(config->lpBinaryPathName);
    ours = wcsstr(config->lpBinaryPathName, L"\\windows\\") == NULL;
  }
  CloseServiceHandle(service);
  return ours;
}

/* What the service asked for; Wine keeps it. */
static DWORD preshutdown_ms(SC_HANDLE service) {
  SERVICE_PRESHUTDOWN_INFO asked = {0};
  DWORD needed;
  if (!QueryServiceConfig2W(service, SERVICE_CONFIG_PRESHUTDOWN_INFO, (BYTE *)&asked, sizeof asked, &needed)) return 0;
  return asked.dwPreshutdownTimeout;
}

/* Returns how long it may take. Wine 8 passes no PRESHUTDOWN on (87): it is told to stop then. */
static DWORD tell_to_end(SC_HANDLE manager, const ENUM_SERVICE_STATUSW *found) {
  SERVICE_STATUS status;
  DWORD limit = LIMIT_MS, error = 0;
  SC_HANDLE service = OpenServiceW(manager, found->lpServiceName, SERVICE_ALL_ACCESS);
  if (service == NULL) return limit;
  if (found->ServiceStatus.dwControlsAccepted & SERVICE_ACCEPT_PRESHUTDOWN) {
    DWORD asked = preshutdown_ms(service);
    if (asked > limit) limit = asked;
    if (!ControlService(service, SERVICE_CONTROL_PRESHUTDOWN, &status)) error = GetLastError();
    if (error == ERROR_INVALID_PARAMETER && ControlService(service, SERVICE_CONTROL_STOP, &status)) error = 0;
  } else if (!ControlService(service, SERVICE_CONTROL_STOP, &status)) {
    error = GetLastError();
  }
  if (error != 0) fprintf(stderr, "%ls could not be told to end: error %lu\n", found->lpServiceName, error);
  CloseServiceHandle(service);
  return limit;
}

int main(int count, char **arguments) {
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_ALL_ACCESS);
  DWORD begun = GetTickCount(), limit = 0, number, index, told = 0;
  if (manager == NULL || count != 2 || strcmp(arguments[1], "off") != 0) return 1;
  for (;;) {
    ENUM_SERVICE_STATUSW *list = services(manager, SERVICE_ACTIVE, &number);
    DWORD running = 0, is_over = told && GetTickCount() - begun > limit;
    for (index = 0; index < number; index++) {
      if (!is_ours(manager, list[index].lpServiceName)) continue;
      running++;
      if (!told) {
        DWORD of_service = tell_to_end(manager, &list[index]);
        if (of_service > limit) limit = of_service;
      }
      if (is_over) fprintf(stderr, "%ls has not ended after %lu ms\n", list[index].lpServiceName, limit);
    }
    told = 1;
    if (running == 0) return 0;
    if (is_over) return 2;
    Sleep(50);
  }
}
