// "power.exe off": stops the services of a practice server as Windows does before it ends: all at once, 20 s at most.
#include <windows.h>
#include <stdio.h>
#include <string.h>

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

int main(int count, char **arguments) {
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_ALL_ACCESS);
  DWORD begun = GetTickCount(), number, index, told = 0;
  if (manager == NULL || count != 2 || strcmp(arguments[1], "off") != 0) return 1;
  for (;;) {
    ENUM_SERVICE_STATUSW *list = services(manager, SERVICE_ACTIVE, &number);
    DWORD running = 0;
    for (index = 0; index < number; index++) {
      SERVICE_STATUS status;
      SC_HANDLE service;
      if (!is_ours(manager, list[index].lpServiceName)) continue;
      running++;
      if (told) continue;
      service = OpenServiceW(manager, list[index].lpServiceName, SERVICE_STOP | SERVICE_USER_DEFINED_CONTROL);
      if (service == NULL) continue;
      ControlService(service, SERVICE_CONTROL_STOP, &status);
      CloseServiceHandle(service);
    }
    told = 1;
    if (running == 0 || GetTickCount() - begun > LIMIT_MS) return running == 0 ? 0 : 2;
    Sleep(50);
  }
}
