// A stand-in for a program of Windows that Wine has not, or only pretends to have: sends its name, folder and command line to the practice
// host and does what the host says. Firewall rules are read and written here, in the registry, where they are on Windows.
// With -DSC it is sc.exe, which does most by itself (sc.c).
// With -DREDIS=VERSION it is redis-server.exe and its family: the host names a Linux program, which this one starts and waits for (listeners.c, suspension.c).
// With -DMEMURAI besides it is memurai.exe and its family, which can be a service by itself (nativeService.c).
#include "channel.h"

#define RULES L"SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules"
#define RULE_CHARACTERS 16384

#ifdef REDIS
__declspec(dllimport) int triad_practice_msys(void);
void own_listeners(void);
void pass_suspension_on(void);
typedef NTSTATUS(CDECL *spawn_function)(char *const arguments[], int wait);

/* The Linux program becomes a child of this thread and dies with it: the host wraps it so. */
unsigned run_linux(char *arguments, int length) {
  spawn_function spawn = (spawn_function)(void *)GetProcAddress(GetModuleHandleA("ntdll"), "__wine_unix_spawnvp");
  char *list[128];
  int count = 0, at;
  if (spawn == NULL) return NO_CHANNEL;
  own_listeners();
  pass_suspension_on();
  for (at = 0; at < length && count < 127; at += (int)strlen(arguments + at) + 1) list[count++] = arguments + at;
  list[count] = NULL;
  return (unsigned)spawn(list, 1);
}
#endif

#ifdef MEMURAI
int is_licensed(void);
int is_service(void);
int serve(char *arguments, int length);
int refuse_unlicensed(void);
#endif

#ifdef SC
int service_control(int count, WCHAR **words);

/* What the host leaves to this program. */
static int run_self(void) {
  int count;
  WCHAR **words = CommandLineToArgvW(GetCommandLineW(), &count);
  return service_control(count - 1, words + 1);
}
#endif

static void send_rules(SOCKET channel) {
  static WCHAR name[16384], text[RULE_CHARACTERS], both[32768 + 1];
  HKEY key;
  DWORD index;
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, RULES, 0, KEY_READ, &key) != 0) return;
  for (index = 0;; index++) {
    DWORD name_length = 16384, size = sizeof text - sizeof(WCHAR), type;
    LONG result = RegEnumValueW(key, index, name, &name_length, NULL, &type, (BYTE *)text, &size);
    if (result != 0) break;
    text[size / sizeof(WCHAR)] = 0;
    _snwprintf(both, 32768, L"%ls\t%ls", name, text);
    send_wide(channel, "rule", both);
  }
  RegCloseKey(key);
}

/* Sets the rule "NAME TAB TEXT", or deletes the rule NAME. */
static void change_rule(char *part, int is_set) {
  HKEY key;
  char *tab = strchr(part, '\t');
  WCHAR *name, *text;
  if (tab != NULL) *tab = 0;
  name = wide(part);
  if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, RULES, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL) != 0) exit(NO_CHANNEL);
  if (is_set && tab != NULL) {
    text = wide(tab + 1);
    RegSetValueExW(key, name, 0, REG_SZ, (BYTE *)text, (DWORD)((wcslen(text) + 1) * sizeof(WCHAR)));
    free(text);
  } else {
    RegDeleteValueW(key, name);
  }
  RegCloseKey(key);
  free(name);
}

static void write_all(DWORD handle, const char *bytes, int length) {
  DWORD written;
  while (length > 0 && WriteFile(GetStdHandle(handle), bytes, length, &written, NULL) && written > 0) {
    bytes += written;
    length -= written;
  }
}

int main(void) {
  static WCHAR text[32768];
  SOCKET channel = channel_open();
  char word[32];
  int length;
#ifdef MEMURAI
  if (!is_licensed()) return refuse_unlicensed();
#endif
#ifdef REDIS
  triad_practice_msys();
  send_part(channel, "version", REDIS, (int)strlen(REDIS));
  // All that Redis' programs read of an environment.
  if (GetEnvironmentVariableW(L"REDISCLI_AUTH", text, 32768) > 0) send_wide(channel, "auth", text);
#endif
  GetModuleFileNameW(NULL, text, 32768);
  send_wide(channel, "tool", text);
  GetCurrentDirectoryW(32768, text);
  send_wide(channel, "folder", text);
  send_wide(channel, "line", GetCommandLineW());
  send_part(channel, "ask", "", 0);
  for (;;) {
    char *part = receive_part(channel, word, &length);
    if (strcmp(word, "out") == 0) write_all(STD_OUTPUT_HANDLE, part, length);
    else if (strcmp(word, "err") == 0) write_all(STD_ERROR_HANDLE, part, length);
    else if (strcmp(word, "set") == 0) change_rule(part, 1);
    else if (strcmp(word, "delete") == 0) change_rule(part, 0);
    else if (strcmp(word, "rules") == 0) {
      send_rules(channel);
      send_part(channel, "ask", "", 0);
    }
#ifdef REDIS
    else if (strcmp(word, "linux") == 0) {
      closesocket(channel);
#ifdef MEMURAI
      if (is_service()) return serve(part, length);
#endif
      return (int)run_linux(part, length);
    }
#endif
#ifdef SC
    else if (strcmp(word, "self") == 0) return run_self();
#endif
    else if (strcmp(word, "exit") == 0) return (int)strtoul(part, NULL, 10);
    else return NO_CHANNEL;
    free(part);
  }
}
