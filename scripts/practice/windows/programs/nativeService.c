// Linked into the stand-in for memurai.exe, which is a service program by itself: "memurai.exe --service-run CONF --service-name NAME", as the service manager
// starts it. It is "running" at once, before Redis answers; STOP and a shutdown of Windows let the Linux program behind it save and end; when that ends by itself,
// the service has stopped with its exit code. Like Memurai it starts nothing without a licence file beside it.
#include "linuxCall.h"
#include <string.h>

enum { TERMINATE = 15 /* SIGTERM: Redis saves what is to be saved, and ends */ };
#define LICENCE L"license.lic"
#define NOT_LICENSED 1
#define STOP_HINT_MS 60000
#define STARTING_MS 20
#define STARTING_ROUNDS 250

unsigned run_linux(char *arguments, int length);

static SERVICE_STATUS_HANDLE handle;
static volatile int serving_thread;
static char *linux_arguments;
static int linux_length;

/* Whether this program may start: its clients always, the server with a licence file in its own folder. */
int is_licensed(void) {
  WCHAR path[4096], *name;
  GetModuleFileNameW(NULL, path, 4000);
  name = wcsrchr(path, L'\\') + 1;
  if (_wcsicmp(name, L"memurai.exe") != 0) return 1;
  wcscpy(name, LICENCE);
  return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

/* Whether the service manager is said to have started it. */
int is_service(void) { return wcsstr(GetCommandLineW(), L"--service-run") != NULL; }

static void report(DWORD state, unsigned code) {
  SERVICE_STATUS status = {0};
  status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  status.dwCurrentState = state;
  status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN : 0;
  status.dwWin32ExitCode = code == 0 ? 0 : ERROR_SERVICE_SPECIFIC_ERROR;
  status.dwServiceSpecificExitCode = code;
  status.dwWaitHint = state == SERVICE_STOP_PENDING ? STOP_HINT_MS : 0;
  SetServiceStatus(handle, &status);
}

static DWORD WINAPI control(DWORD code, DWORD type, LPVOID data, LPVOID context) {
  int child = 0, round;
  (void)type, (void)data, (void)context;
  if (code == SERVICE_CONTROL_INTERROGATE) return NO_ERROR;
  if (code != SERVICE_CONTROL_STOP && code != SERVICE_CONTROL_SHUTDOWN) return ERROR_CALL_NOT_IMPLEMENTED;
  report(SERVICE_STOP_PENDING, 0);
  // The Linux program may just be being started.
  for (round = 0; round < STARTING_ROUNDS && (child = child_of(serving_thread)) == 0; round++) Sleep(STARTING_MS);
  if (child != 0) linux_call(KILL, child, TERMINATE, 0, 0, 0);
  return NO_ERROR;
}

static void WINAPI run_service(DWORD count, LPWSTR *words) {
  (void)count, (void)words;
  serving_thread = (int)linux_call(GETTID, 0, 0, 0, 0, 0);
  handle = RegisterServiceCtrlHandlerExW(L"", control, NULL);
  if (linux_arguments == NULL) {
    report(SERVICE_STOPPED, NOT_LICENSED);
    return;
  }
  report(SERVICE_RUNNING, 0);
  report(SERVICE_STOPPED, run_linux(linux_arguments, linux_length));
}

/* Serves until Redis has ended. Returns 1063 where it was not the service manager that started this. NULL: the service ends at once, and says so. */
int serve(char *arguments, int length) {
  SERVICE_TABLE_ENTRYW table[] = {{L"", run_service}, {NULL, NULL}};
  linux_arguments = arguments;
  linux_length = length;
  return StartServiceCtrlDispatcherW(table) ? 0 : (int)GetLastError();
}

/* What the server does without a licence file. */
int refuse_unlicensed(void) {
  fprintf(stderr, "Memurai: no valid license file was found\r\n");
  return is_service() ? serve(NULL, 0) : NOT_LICENSED;
}
