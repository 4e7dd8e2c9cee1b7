// `listen` and `connect`: whether a server is reached on a port, told from whether it refuses and from silence.
#include "triad.h"

#define MOST_PORTS 64
#define MOST_TARGETS 256
#define NONCE_CHARS 80
#define POLL_MS 100

typedef struct {
  SOCKET socket;
  uint16_t port;
  char answer[NONCE_CHARS + 2];
  unsigned accepted;
  DWORD error;
} Listener;

static bool read_address(const wchar_t *text, IN_ADDR *address) { return InetPtonW(AF_INET, text, address) == 1; }

// PORT=NONCE
static bool read_listener(const wchar_t *word, Listener *listener) {
  wchar_t port[8];
  uint64_t number;
  const wchar_t *equals = wcschr(word, L'=');
  if (!equals || (size_t)(equals - word) >= COUNT_OF(port) || wcslen(equals + 1) == 0 || wcslen(equals + 1) >= NONCE_CHARS) return false;
  memcpy(port, word, (size_t)(equals - word) * sizeof *port);
  port[equals - word] = 0;
  if (!read_number(port, 1, 65535, &number)) return false;
  listener->port = (uint16_t)number;
  char nonce[NONCE_CHARS];
  if (!text_to_utf8(equals + 1, nonce, sizeof nonce)) return false;
  snprintf(listener->answer, sizeof listener->answer, "%s\r\n", nonce);
  return true;
}

static void open_listener(Listener *listener, IN_ADDR address) {
  SOCKET opened = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  listener->socket = opened;
  if (opened == INVALID_SOCKET) {
    listener->error = (DWORD)WSAGetLastError();
    return;
  }
  // Without this, Windows lets two programs have one port.
  BOOL alone = TRUE;
  u_long no_waiting = 1;
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(listener->port), .sin_addr = address};
  if (setsockopt(opened, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (const char *)&alone, sizeof alone) == 0 &&
      bind(opened, (struct sockaddr *)&name, sizeof name) == 0 && listen(opened, SOMAXCONN) == 0 &&
      ioctlsocket(opened, FIONBIO, &no_waiting) == 0)
    return;
  listener->error = (DWORD)WSAGetLastError();
  closesocket(opened);
  listener->socket = INVALID_SOCKET;
}

static void answer_connections(Listener *listener) {
  for (;;) {
    SOCKET caller = accept(listener->socket, NULL, NULL);
    if (caller == INVALID_SOCKET) return;
    listener->accepted++;
    // An empty send buffer takes these few bytes at once.
    send(caller, listener->answer, (int)strlen(listener->answer), 0);
    shutdown(caller, SD_SEND);
    closesocket(caller);
  }
}

int verb_listen(int count, wchar_t **words) {
  static Listener listeners[MOST_PORTS];
  int ports = count - 2;
  uint64_t seconds;
  IN_ADDR address;
  InputWatch input;
  if (!read_number(words[0], 1, 300, &seconds)) return fail("arguments", ERROR_BAD_ARGUMENTS, L"SECONDS has to be from 1 to 300");
  if (!read_address(words[1], &address)) return fail("arguments", ERROR_BAD_ARGUMENTS, L"ADDRESS has to be an IPv4 address");
  for (int i = 0; i < ports; i++)
    if (!read_listener(words[i + 2], &listeners[i])) return fail("arguments", ERROR_BAD_ARGUMENTS, words[i + 2]);
  if (!watch_input(&input)) return fail("CreateThread", GetLastError(), NULL);

  json_open('{');
  json_pair_bool("ready", true);
  json_key("refused");
  json_open('[');
  for (int i = 0; i < ports; i++) {
    open_listener(&listeners[i], address);
    if (!listeners[i].error) continue;
    json_open('{');
    json_pair_number("port", listeners[i].port);
    json_pair_number("error", listeners[i].error);
    json_close('}');
  }
  json_close(']');
  json_close('}');
  json_print(0);

  ULONGLONG end = GetTickCount64() + seconds * 1000;
  bool is_input_over = false;
  while (!is_input_over && GetTickCount64() < end) {
    fd_set callers;
    FD_ZERO(&callers);
    for (int i = 0; i < ports; i++)
      if (listeners[i].socket != INVALID_SOCKET) FD_SET(listeners[i].socket, &callers);
    struct timeval pause = {0, POLL_MS * 1000};
    if (callers.fd_count == 0) Sleep(POLL_MS);
    else if (select(0, &callers, NULL, NULL, &pause) > 0)
      for (int i = 0; i < ports; i++)
        if (listeners[i].socket != INVALID_SOCKET && FD_ISSET(listeners[i].socket, &callers)) answer_connections(&listeners[i]);
    is_input_over = WaitForSingleObject(input.ended, 0) == WAIT_OBJECT_0;
  }

  json_open('{');
  json_pair_text("endedBy", is_input_over ? L"input" : L"time");
  json_key("accepted");
  json_open('[');
  for (int i = 0; i < ports; i++) {
    json_open('{');
    json_pair_number("port", listeners[i].port);
    json_pair_number("count", listeners[i].accepted);
    json_close('}');
  }
  json_close(']');
  json_close('}');
  return json_print(0);
}

typedef enum { CONNECTING, READING, DONE } Progress;

typedef struct {
  SOCKET socket;
  Progress progress;
  wchar_t address[24];
  uint16_t port;
  bool wants_answer;
  const wchar_t *outcome;
  char answer[NONCE_CHARS];
  size_t answer_bytes;
  DWORD error;
  ULONGLONG elapsed_ms;
  IN_ADDR ip;
} Target;

// ADDRESS:PORT=NONCE, or - where no answer is waited for
static bool read_target(const wchar_t *word, Target *target) {
  wchar_t port[8];
  uint64_t number;
  const wchar_t *colon = wcschr(word, L':');
  const wchar_t *equals = colon ? wcschr(colon, L'=') : NULL;
  if (!equals || (size_t)(colon - word) >= COUNT_OF(target->address) || (size_t)(equals - colon) > COUNT_OF(port)) return false;
  memcpy(target->address, word, (size_t)(colon - word) * sizeof *word);
  target->address[colon - word] = 0;
  memcpy(port, colon + 1, (size_t)(equals - colon - 1) * sizeof *word);
  port[equals - colon - 1] = 0;
  if (!read_address(target->address, &target->ip) || !read_number(port, 1, 65535, &number)) return false;
  target->port = (uint16_t)number;
  target->wants_answer = wcscmp(equals + 1, L"-") != 0;
  target->outcome = L"timeout";
  return equals[1] != 0;
}

static void finish(Target *target, const wchar_t *outcome, DWORD error) {
  target->outcome = outcome;
  target->error = error;
  target->progress = DONE;
  if (target->socket != INVALID_SOCKET) closesocket(target->socket);
  target->socket = INVALID_SOCKET;
}

static void finish_failed(Target *target, DWORD error) {
  if (error == WSAECONNREFUSED) finish(target, L"refused", error);
  else if (error == WSAETIMEDOUT) finish(target, L"timeout", error);
  else if (error == WSAEHOSTUNREACH || error == WSAENETUNREACH) finish(target, L"unreachable", error);
  else finish(target, L"error", error);
}

static void begin(Target *target) {
  target->socket = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  u_long no_waiting = 1;
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(target->port), .sin_addr = target->ip};
  if (target->socket == INVALID_SOCKET || ioctlsocket(target->socket, FIONBIO, &no_waiting) != 0) {
    finish(target, L"error", (DWORD)WSAGetLastError());
    return;
  }
  if (connect(target->socket, (struct sockaddr *)&name, sizeof name) == 0) return;
  DWORD error = (DWORD)WSAGetLastError();
  if (error != WSAEWOULDBLOCK) finish_failed(target, error);
}

static void connected(Target *target, ULONGLONG elapsed_ms) {
  target->elapsed_ms = elapsed_ms;
  target->outcome = L"open";
  if (target->wants_answer) target->progress = READING;
  else finish(target, L"open", 0);
}

static void read_answer(Target *target) {
  int got = recv(target->socket, target->answer + target->answer_bytes, (int)(sizeof target->answer - 1 - target->answer_bytes), 0);
  if (got > 0) target->answer_bytes += (size_t)got;
  target->answer[target->answer_bytes] = 0;
  char *end = strstr(target->answer, "\r\n");
  if (end) *end = 0;
  else if (got > 0 && target->answer_bytes < sizeof target->answer - 1) return;
  else if (got < 0 && WSAGetLastError() == WSAEWOULDBLOCK) return;
  finish(target, L"open", 0);
}

static void take_step(Target *target, fd_set *readable, fd_set *writable, fd_set *failed, ULONGLONG elapsed_ms) {
  if (target->progress == READING) {
    if (FD_ISSET(target->socket, readable)) read_answer(target);
  } else if (FD_ISSET(target->socket, failed)) {
    int error = 0, length = sizeof error;
    getsockopt(target->socket, SOL_SOCKET, SO_ERROR, (char *)&error, &length);
    target->elapsed_ms = elapsed_ms;
    finish_failed(target, (DWORD)error);
  } else if (FD_ISSET(target->socket, writable)) {
    connected(target, elapsed_ms);
  }
}

static void json_target(const Target *target, bool is_over_time, uint64_t wait_ms) {
  json_open('{');
  json_pair_text("address", target->address);
  json_pair_number("port", target->port);
  json_pair_text("outcome", target->outcome);
  json_pair_number("elapsedMs", is_over_time && target->outcome[0] == L't' ? wait_ms : target->elapsed_ms);
  json_key("answer");
  if (target->answer_bytes > 0) json_bytes(target->answer, strlen(target->answer));
  else json_null();
  json_pair_number("error", target->error);
  json_close('}');
}

int verb_connect(int count, wchar_t **words) {
  static Target targets[MOST_TARGETS];
  int number = count - 1;
  uint64_t wait_ms;
  if (!read_number(words[0], 1, 120000, &wait_ms)) return fail("arguments", ERROR_BAD_ARGUMENTS, L"MS has to be from 1 to 120000");
  for (int i = 0; i < number; i++)
    if (!read_target(words[i + 1], &targets[i])) return fail("arguments", ERROR_BAD_ARGUMENTS, words[i + 1]);
  ULONGLONG start = GetTickCount64();
  for (int i = 0; i < number; i++) begin(&targets[i]);
  bool is_over_time = false;
  for (;;) {
    fd_set readable, writable, failed;
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    FD_ZERO(&failed);
    for (int i = 0; i < number; i++) {
      if (targets[i].progress == DONE) continue;
      if (targets[i].progress == READING) FD_SET(targets[i].socket, &readable);
      else FD_SET(targets[i].socket, &writable);
      FD_SET(targets[i].socket, &failed);
    }
    if (failed.fd_count == 0) break;
    ULONGLONG elapsed_ms = GetTickCount64() - start;
    is_over_time = elapsed_ms >= wait_ms;
    if (is_over_time) break;
    struct timeval pause = {0, 50 * 1000};
    if (select(0, &readable, &writable, &failed, &pause) == SOCKET_ERROR) return fail("select", (DWORD)WSAGetLastError(), NULL);
    elapsed_ms = GetTickCount64() - start;
    for (int i = 0; i < number; i++)
      if (targets[i].progress != DONE) take_step(&targets[i], &readable, &writable, &failed, elapsed_ms);
  }
  json_open('{');
  json_key("targets");
  json_open('[');
  for (int i = 0; i < number; i++) json_target(&targets[i], is_over_time, wait_ms);
  json_close(']');
  json_close('}');
  return json_print(0);
}
