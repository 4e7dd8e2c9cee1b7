// A service for tests: writes "started" and "stopped" into C:\Data\service.log. With the word "stubborn" it does not stop.
#include <windows.h>
#include <stdio.h>
#include <string.h>

static SERVICE_STATUS_HANDLE handle;
static HANDLE stopping;
static int is_stubborn;

static void note(const char *word) {
  FILE *log = fopen("C:\\Data\\service.log", "a");
  if (log == NULL) return;
  fprintf(log, "%s\n", word);
  fclose(log);
}

static void report(DWORD state) {
  SERVICE_STATUS status = {0};
  status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  status.dwCurrentState = state;
  status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0;
  SetServiceStatus(handle, &status);
}

static DWORD WINAPI control(DWORD code, DWORD type, LPVOID data, LPVOID context) {
  (void)type, (void)data, (void)context;
  if (code == SERVICE_CONTROL_STOP && !is_stubborn) SetEvent(stopping);
  return NO_ERROR;
}

static void WINAPI service(DWORD count, LPWSTR *words) {
  (void)count, (void)words;
  stopping = CreateEventW(NULL, TRUE, FALSE, NULL);
  handle = RegisterServiceCtrlHandlerExW(L"", control, NULL);
  note("started");
  report(SERVICE_RUNNING);
  WaitForSingleObject(stopping, INFINITE);
  note("stopped");
  report(SERVICE_STOPPED);
}

int main(int count, char **words) {
  is_stubborn = count > 1 && strcmp(words[1], "stubborn") == 0;
  SERVICE_TABLE_ENTRYW table[] = {{L"", service}, {NULL, NULL}};
  return StartServiceCtrlDispatcherW(table) ? 0 : (int)GetLastError();
}
