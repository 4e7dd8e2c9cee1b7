// The JSON line that every verb prints.
#include "triad.h"

// More than any machine has to say; a verb that passes it fails instead of printing half a line.
#define MOST_BYTES (32u * 1024 * 1024)

static char *line;
static size_t used, room;
static bool too_long, comma_is_due;

static void put(const char *bytes, size_t length) {
  if (too_long) return;
  if (used + length + 1 > room) {
    size_t wanted = (used + length + 1) * 2;
    char *larger = wanted > MOST_BYTES ? NULL : realloc(line, wanted);
    if (!larger) {
      too_long = true;
      return;
    }
    line = larger;
    room = wanted;
  }
  memcpy(line + used, bytes, length);
  used += length;
}

static void put_text(const char *text) { put(text, strlen(text)); }

static void before_value(void) {
  if (comma_is_due) put_text(",");
  comma_is_due = true;
}

void json_open(char bracket) {
  before_value();
  put(&bracket, 1);
  comma_is_due = false;
}

void json_close(char bracket) {
  put(&bracket, 1);
  comma_is_due = true;
}

void json_key(const char *key) {
  before_value();
  put_text("\"");
  put_text(key);
  put_text("\":");
  comma_is_due = false;
}

void json_text(const wchar_t *text) {
  if (!text) {
    json_null();
    return;
  }
  before_value();
  put_text("\"");
  for (; *text; text++) {
    char escaped[8];
    if (*text == L'"' || *text == L'\\') snprintf(escaped, sizeof escaped, "\\%c", (char)*text);
    else if (*text >= 0x20 && *text < 0x7f) snprintf(escaped, sizeof escaped, "%c", (char)*text);
    else snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)*text);
    put_text(escaped);
  }
  put_text("\"");
}

// Bytes that are no UTF-8 become U+FFFD.
void json_bytes(const char *utf8, size_t length) {
  int chars = length == 0 || length > INT32_MAX ? 0 : MultiByteToWideChar(CP_UTF8, 0, utf8, (int)length, NULL, 0);
  wchar_t *text = calloc((size_t)chars + 1, sizeof *text);
  if (text && chars > 0) MultiByteToWideChar(CP_UTF8, 0, utf8, (int)length, text, chars);
  // An end mark among the bytes would cut the text.
  for (int i = 0; text && i < chars; i++)
    if (text[i] == 0) text[i] = 0xfffd;
  json_text(text);
  free(text);
}

void json_number(uint64_t number) {
  char digits[24];
  snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
  before_value();
  put_text(digits);
}

void json_bool(bool yes) {
  before_value();
  put_text(yes ? "true" : "false");
}

void json_null(void) {
  before_value();
  put_text("null");
}

void json_pair_text(const char *key, const wchar_t *text) {
  json_key(key);
  json_text(text);
}

void json_pair_number(const char *key, uint64_t number) {
  json_key(key);
  json_number(number);
}

void json_pair_bool(const char *key, bool yes) {
  json_key(key);
  json_bool(yes);
}

void json_pair_null(const char *key) {
  json_key(key);
  json_null();
}

static void clear_line(void) {
  used = 0;
  comma_is_due = false;
  too_long = false;
}

int json_print(DWORD code) {
  if (too_long) return fail("answer", ERROR_NOT_ENOUGH_MEMORY, L"the answer is too long");
  put_text("\n");
  bool written = fwrite(line, 1, used, stdout) == used && fflush(stdout) == 0;
  clear_line();
  if (written) return (int)code;
  return code ? (int)code : ERROR_WRITE_FAULT;
}

int fail(const char *at, DWORD code, const wchar_t *detail) {
  wchar_t where[64];
  if (!utf8_to_text(at, -1, where, COUNT_OF(where))) where[0] = 0;
  clear_line();
  json_open('{');
  // Some functions fail without saying why.
  json_pair_number("error", code ? code : 1);
  json_pair_text("at", where);
  json_pair_text("detail", detail ? detail : L"");
  json_close('}');
  return json_print(code ? code : 1);
}
