// Tests only: a redis-server.exe for Wine that hands over to the Linux redis-server which TRIAD_TEST_REDIS names. The shell reads that name,
// because Wine gives a service an environment of its own. The real Redis dies with this process.
#include <windows.h>
#include <stdio.h>

typedef LONG(CDECL *SpawnUnix)(char *const words[], int wait);

// Wine gives a Linux program the streams of nobody when there is no console, so what Redis says goes through a file.
#define OUTPUT "shim.output"
#define SCRIPT "exec setpriv --pdeathsig KILL \"$TRIAD_TEST_REDIS\" \"$@\" > " OUTPUT " 2>&1"
#define MOST_WORDS 32

int main(int count, char **words) {
  HMODULE ntdll = GetModuleHandleA("ntdll");
  SpawnUnix spawn = ntdll ? (SpawnUnix)(void *)GetProcAddress(ntdll, "__wine_unix_spawnvp") : NULL;
  char *linux_words[MOST_WORDS + 4] = {"sh", "-c", SCRIPT, "redis-server"};
  int used = 4;
  if (!spawn) {
    fprintf(stderr, "this is not Wine\n");
    return 99;
  }
  for (int i = 1; i < count && i < MOST_WORDS; i++) linux_words[used++] = words[i];
  int code = (int)spawn(linux_words, 1);
  char bytes[4096];
  FILE *output = fopen(OUTPUT, "rb");
  size_t got = output ? fread(bytes, 1, sizeof bytes, output) : 0;
  fwrite(bytes, 1, got, stdout);
  return code;
}
