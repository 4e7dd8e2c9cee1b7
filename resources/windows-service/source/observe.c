// `observe`: everything that is to be known of a server, in one call. What cannot be learnt is null, with the reason in `problems`.
#include "triad.h"

#define MOST_REQUEST_BYTES (256 * 1024)
#define MOST_PROBLEMS 32

static struct {
  const char *at;
  DWORD code;
} problems[MOST_PROBLEMS];
static size_t problem_count;

void observe_problem(const char *at, DWORD code) {
  if (problem_count == MOST_PROBLEMS) return;
  problems[problem_count].at = at;
  problems[problem_count++].code = code;
}

// One item of the request: KEY<TAB>VALUE
typedef struct {
  const char *key;
  wchar_t value[PATH_CHARS];
} Item;

// Takes the lines apart; the value of a line that cannot be used is empty and its key "".
static Item *read_items(char *request, size_t *count) {
  size_t lines = 1;
  for (const char *at = request; *at; at++) lines += *at == '\n' || *at == '\r';
  Item *items = calloc(lines, sizeof *items);
  if (!items) return NULL;
  for (char *line = strtok(request, "\r\n"); line; line = strtok(NULL, "\r\n")) {
    char *tab = strchr(line, '\t');
    Item *item = &items[(*count)++];
    item->key = "";
    if (!tab || !utf8_to_text(tab + 1, -1, item->value, COUNT_OF(item->value))) continue;
    *tab = 0;
    item->key = line;
  }
  return items;
}

static bool is_known(const char *key) {
  static const char *const known[] = {"path", "content", "log", "service", "port", "disk"};
  for (size_t i = 0; i < COUNT_OF(known); i++)
    if (strcmp(key, known[i]) == 0) return true;
  return false;
}

static bool is_item(const Item *item, const char *key) { return strcmp(item->key, key) == 0; }

static void json_lists(const Item *items, size_t count, SC_HANDLE manager) {
  json_key("paths");
  json_open('[');
  for (size_t i = 0; i < count; i++) {
    if (is_item(&items[i], "path")) observe_path(items[i].value, false);
    if (is_item(&items[i], "content")) observe_path(items[i].value, true);
    if (is_item(&items[i], "log")) observe_log(items[i].value);
  }
  json_close(']');
  json_key("services");
  json_open('[');
  for (size_t i = 0; i < count; i++)
    if (is_item(&items[i], "service")) json_service(manager, items[i].value);
  json_close(']');
  json_key("ports");
  json_open('[');
  for (size_t i = 0; i < count; i++) {
    uint64_t port;
    if (is_item(&items[i], "port") && read_number(items[i].value, 1, 65535, &port)) observe_port((uint16_t)port);
  }
  json_close(']');
  json_key("disks");
  json_open('[');
  for (size_t i = 0; i < count; i++)
    if (is_item(&items[i], "disk")) observe_disk(items[i].value);
  json_close(']');
}

int verb_observe(int count, wchar_t **words) {
  (void)count, (void)words;
  size_t item_count = 0;
  char *request = read_request(MOST_REQUEST_BYTES);
  if (!request) return fail("request", ERROR_INSUFFICIENT_BUFFER, L"the request is too long");
  Item *items = read_items(request, &item_count);
  if (!items) return fail("calloc", ERROR_NOT_ENOUGH_MEMORY, NULL);
  for (size_t i = 0; i < item_count; i++)
    if (!is_known(items[i].key)) return fail("request", ERROR_BAD_ARGUMENTS, L"a line is not KEY<TAB>VALUE with a key that is known");
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
  if (!manager) return fail("OpenSCManagerW", GetLastError(), NULL);
  // For the programs behind ports of other accounts.
  ask_for_privilege(SE_DEBUG_NAME);
  json_open('{');
  observe_machine();
  observe_network(manager);
  observe_redis_processes();
  json_lists(items, item_count, manager);
  json_key("problems");
  json_open('[');
  for (size_t i = 0; i < problem_count; i++) {
    json_open('{');
    json_key("at");
    json_bytes(problems[i].at, strlen(problems[i].at));
    json_pair_number("error", problems[i].code);
    json_close('}');
  }
  json_close(']');
  json_close('}');
  return json_print(0);
}
