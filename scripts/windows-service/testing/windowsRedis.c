// Tests only: a Redis that is a program of Windows, so that its ports have a process there: windows-redis.exe PORT MANNER. It answers as Redis does and
// writes what it hears into C:\heard.PORT. Manners: "good"; "deaf" listens nowhere; "stubborn" refuses SHUTDOWN for five seconds and then falls silent.
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define STUBBORN_MS 5000

static const char *answer_to(const char *heard, const char *manner) {
  static ULONGLONG first_shutdown;
  if (strstr(heard, "AUTH")) return "+OK\r\n";
  if (!strstr(heard, "SHUTDOWN")) return "+PONG\r\n";
  if (strcmp(manner, "stubborn") != 0) exit(0);
  if (!first_shutdown) first_shutdown = GetTickCount64();
  if (GetTickCount64() - first_shutdown > STUBBORN_MS) Sleep(INFINITE);
  return "-ERR not now\r\n";
}

int main(int count, char **words) {
  WSADATA sockets;
  char path[64], heard[1024];
  struct sockaddr_in name = {.sin_family = AF_INET};
  if (count != 3) return 99;
  if (strcmp(words[2], "deaf") == 0) Sleep(INFINITE);
  WSAStartup(MAKEWORD(2, 2), &sockets);
  SOCKET listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  name.sin_port = htons((u_short)atoi(words[1]));
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&name, sizeof name) != 0 || listen(listener, 16) != 0) return 98;
  // Wine's server alone has a socket until its program reads from it, and Wine then knows no process of the port.
  u_long waits_not = 1, waits = 0;
  ioctlsocket(listener, FIONBIO, &waits_not);
  recv(listener, heard, 1, 0);
  ioctlsocket(listener, FIONBIO, &waits);
  snprintf(path, sizeof path, "C:\\heard.%s", words[1]);
  for (;;) {
    SOCKET caller = accept(listener, NULL, NULL);
    int got;
    while ((got = recv(caller, heard, sizeof heard - 1, 0)) > 0) {
      heard[got] = 0;
      FILE *log = fopen(path, "a");
      if (log) fputs(heard, log), fclose(log);
      const char *answer = answer_to(heard, words[2]);
      send(caller, answer, (int)strlen(answer), 0);
    }
    closesocket(caller);
  }
}
