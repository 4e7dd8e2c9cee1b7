// Standard input: a request that is read whole, or a stream whose end means that the other side has gone.
#include "triad.h"

char *read_request(size_t limit) {
  char *text = malloc(limit + 1);
  if (!text) return NULL;
  size_t length = 0;
  for (;;) {
    DWORD got = 0;
    // Byte by byte would be slow, but an answer must not wait for the end of a channel that stays open: what is there is looked at each time.
    BOOL read = ReadFile(GetStdHandle(STD_INPUT_HANDLE), text + length, (DWORD)(limit - length), &got, NULL);
    length += got;
    text[length] = 0;
    char *empty_line = strstr(text, "\n\n");
    char *empty_line_too = strstr(text, "\n\r\n");
    if (empty_line_too && (!empty_line || empty_line_too < empty_line)) empty_line = empty_line_too;
    if (empty_line) empty_line[1] = 0;
    else if (text[0] == '\n' || (text[0] == '\r' && text[1] == '\n')) text[0] = 0;
    else if (length == limit) break;
    else if (read && got > 0) continue;
    return text;
  }
  free(text);
  return NULL;
}

static DWORD WINAPI read_on(void *parameter) {
  InputWatch *watch = parameter;
  char bytes[256];
  DWORD got = 0;
  while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), bytes, sizeof bytes, &got, NULL) && got > 0) SetEvent(watch->arrived);
  SetEvent(watch->ended);
  return 0;
}

bool watch_input(InputWatch *watch) {
  watch->arrived = CreateEventW(NULL, FALSE, FALSE, NULL);
  watch->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
  if (!watch->arrived || !watch->ended) return false;
  HANDLE thread = CreateThread(NULL, 0, read_on, watch, 0, NULL);
  if (!thread) return false;
  CloseHandle(thread);
  return true;
}
