// One command to Redis over its own protocol, with the password out of a file. Every wait has an end.
#include "triad.h"

#define SECRET_BYTES 512

static DWORD wait_for(SOCKET socket, bool to_write, ULONGLONG end) {
  ULONGLONG now = GetTickCount64();
  if (now >= end) return ERROR_TIMEOUT;
  struct timeval pause = {(long)((end - now) / 1000), (long)((end - now) % 1000) * 1000};
  fd_set ready, failed;
  FD_ZERO(&ready);
  FD_ZERO(&failed);
  FD_SET(socket, &ready);
  FD_SET(socket, &failed);
  int found = select(0, to_write ? NULL : &ready, to_write ? &ready : NULL, &failed, &pause);
  if (found == SOCKET_ERROR) return (DWORD)WSAGetLastError();
  if (found == 0) return ERROR_TIMEOUT;
  if (!FD_ISSET(socket, &failed)) return 0;
  int error = 0, length = sizeof error;
  getsockopt(socket, SOL_SOCKET, SO_ERROR, (char *)&error, &length);
  return error ? (DWORD)error : WSAECONNRESET;
}

static DWORD open_connection(const ServiceIni *ini, DWORD wrapper, ULONGLONG end, SOCKET *opened) {
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(ini->port)};
  u_long no_waiting = 1;
  if (InetPtonW(AF_INET, ini->address, &name.sin_addr) != 1) return ERROR_INVALID_DATA;
  *opened = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  if (*opened == INVALID_SOCKET) return (DWORD)WSAGetLastError();
  if (ioctlsocket(*opened, FIONBIO, &no_waiting) != 0) return (DWORD)WSAGetLastError();
  DWORD error = connect(*opened, (struct sockaddr *)&name, sizeof name) == 0 ? 0 : (DWORD)WSAGetLastError();
  if (error == WSAEWOULDBLOCK) error = wait_for(*opened, true, end);
  // Now, and not before: who listens has taken this connection.
  return error ? error : check_listener(name.sin_addr.s_addr, ini->port, wrapper);
}

// `words` are counted, so a password may have any byte but a line end.
static DWORD say(SOCKET socket, const char *const *words, int count) {
  char message[2 * SECRET_BYTES + 256];
  int used = snprintf(message, sizeof message, "*%d\r\n", count);
  for (int i = 0; i < count; i++) {
    int added = snprintf(message + used, sizeof message - (size_t)used, "$%d\r\n%s\r\n", (int)strlen(words[i]), words[i]);
    if (added < 0 || (size_t)(used + added) >= sizeof message) return ERROR_INSUFFICIENT_BUFFER;
    used += added;
  }
  int sent = send(socket, message, used, 0);
  DWORD error = sent == used ? 0 : sent == SOCKET_ERROR ? (DWORD)WSAGetLastError() : WSAENOBUFS;
  SecureZeroMemory(message, sizeof message);
  return error;
}

static DWORD hear(SOCKET socket, ULONGLONG end, char *answer, size_t bytes) {
  size_t length = 0;
  answer[0] = 0;
  for (;;) {
    DWORD error = wait_for(socket, false, end);
    if (error) return error;
    int got = recv(socket, answer + length, (int)(bytes - 1 - length), 0);
    if (got == SOCKET_ERROR) return (DWORD)WSAGetLastError();
    length += (size_t)got;
    answer[length] = 0;
    char *line_end = strstr(answer, "\r\n");
    if (line_end) *line_end = 0;
    // Redis that shuts down closes without an answer.
    if (line_end || got == 0 || length == bytes - 1) return 0;
  }
}

// First line of the file, without its end.
static DWORD read_secret(const wchar_t *path, char secret[SECRET_BYTES]) {
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return GetLastError();
  DWORD got = 0;
  DWORD error = ReadFile(file, secret, SECRET_BYTES - 1, &got, NULL) ? 0 : GetLastError();
  CloseHandle(file);
  secret[error ? 0 : got] = 0;
  secret[strcspn(secret, "\r\n")] = 0;
  return error ? error : secret[0] ? 0 : ERROR_INVALID_DATA;
}

static DWORD authenticate(const ServiceIni *ini, SOCKET socket, ULONGLONG end, char *answer, size_t bytes) {
  char secret[SECRET_BYTES], user[SECRET_BYTES];
  DWORD error = read_secret(ini->password_file, secret);
  if (!error && !text_to_utf8(ini->user, user, sizeof user)) error = ERROR_INVALID_DATA;
  if (!error) {
    const char *with_user[] = {"AUTH", user, secret}, *alone[] = {"AUTH", secret};
    error = user[0] ? say(socket, with_user, 3) : say(socket, alone, 2);
  }
  SecureZeroMemory(secret, sizeof secret);
  return error ? error : hear(socket, end, answer, bytes);
}

DWORD ask_redis(const ServiceIni *ini, DWORD wrapper, const char *command, char *answer, size_t bytes, DWORD timeout_ms) {
  ULONGLONG end = GetTickCount64() + timeout_ms;
  SOCKET socket = INVALID_SOCKET;
  answer[0] = 0;
  DWORD error = open_connection(ini, wrapper, end, &socket);
  bool is_known = true;
  if (!error && ini->password_file[0]) {
    error = authenticate(ini, socket, end, answer, bytes);
    // Its refusal is the answer.
    is_known = answer[0] == '+';
  }
  if (!error && is_known) {
    error = say(socket, &command, 1);
    if (!error) error = hear(socket, end, answer, bytes);
  }
  if (socket != INVALID_SOCKET) closesocket(socket);
  return error;
}
