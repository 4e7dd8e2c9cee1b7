// How the programs in a practice Windows server talk to its host (controlChannel.ts): over loopback, in parts "WORD LENGTH LF BYTES".
// An address of 127/8 that nothing else listens on; fixed, because programs that a service starts have no environment of ours.
#ifndef PRACTICE_CHANNEL_H
#define PRACTICE_CHANNEL_H
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHANNEL_ADDRESS 0x7FFFFFFEu /* 127.255.255.254 */
#define CHANNEL_PORT 1
#define NO_CHANNEL 96 /* exit code where the host cannot be reached */

static SOCKET channel_open(void) {
  WSADATA data;
  struct sockaddr_in at = {0};
  SOCKET channel;
  WSAStartup(MAKEWORD(2, 2), &data);
  channel = socket(AF_INET, SOCK_STREAM, 0);
  at.sin_family = AF_INET;
  at.sin_port = htons(CHANNEL_PORT);
  at.sin_addr.s_addr = htonl(CHANNEL_ADDRESS);
  if (connect(channel, (struct sockaddr *)&at, sizeof at) != 0) {
    fprintf(stderr, "practice: no host to ask\r\n");
    exit(NO_CHANNEL);
  }
  return channel;
}

static void send_all(SOCKET channel, const char *bytes, int length) {
  while (length > 0) {
    int sent = send(channel, bytes, length, 0);
    if (sent <= 0) exit(NO_CHANNEL);
    bytes += sent;
    length -= sent;
  }
}

static void send_part(SOCKET channel, const char *word, const char *bytes, int length) {
  char head[64];
  send_all(channel, head, sprintf(head, "%s %d\n", word, length));
  send_all(channel, bytes, length);
}

__attribute__((unused)) static void send_wide(SOCKET channel, const char *word, const WCHAR *text) {
  int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *bytes = malloc(length);
  WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, length, NULL, NULL);
  send_part(channel, word, bytes, length - 1);
  free(bytes);
}

static void receive_all(SOCKET channel, char *bytes, int length) {
  while (length > 0) {
    int received = recv(channel, bytes, length, 0);
    if (received <= 0) exit(NO_CHANNEL);
    bytes += received;
    length -= received;
  }
}

/* One part: its word in `word` (32 bytes), its bytes, zero-terminated, as the result (to be freed). */
static char *receive_part(SOCKET channel, char *word, int *length) {
  char head[64];
  int used = 0;
  char *bytes;
  do {
    if (used == sizeof head - 1) exit(NO_CHANNEL);
    receive_all(channel, head + used, 1);
  } while (head[used++] != '\n');
  head[used] = 0;
  if (sscanf(head, "%31s %d", word, length) != 2) exit(NO_CHANNEL);
  bytes = malloc(*length + 1);
  receive_all(channel, bytes, *length);
  bytes[*length] = 0;
  return bytes;
}

static WCHAR *wide(const char *text) {
  int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
  WCHAR *result = malloc(length * sizeof(WCHAR));
  MultiByteToWideChar(CP_UTF8, 0, text, -1, result, length);
  return result;
}
#endif
