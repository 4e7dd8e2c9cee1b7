// The orders of an undo: who it is, when it is due, and which services it starts. They stand in the image path of its service, which a reboot keeps.
#include "orders.h"

bool is_plain(const wchar_t *name) {
  size_t length = wcslen(name);
  return length > 0 && length < 100 &&
         wcsspn(name, L"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == length;
}

static bool has_service(const Undo *orders, const wchar_t *service) {
  for (int i = 0; i < orders->count; i++)
    if (_wcsicmp(orders->services[i], service) == 0) return true;
  return false;
}

bool add_services(Undo *to, int count, wchar_t **words) {
  for (int i = 0; i < count; i++) {
    if (has_service(to, words[i])) continue;
    if (to->count == MOST_SERVICES || !is_plain(words[i]) || !copy_text(to->services[to->count], NAME_CHARS, words[i])) return false;
    to->count++;
  }
  return true;
}

bool read_orders(int count, wchar_t **words, Undo *to) {
  // All of it, to the last byte: orders are compared as memory.
  memset(to, 0, sizeof *to);
  return count >= 3 && is_plain(words[0]) && copy_text(to->name, COUNT_OF(to->name), words[0]) && read_number(words[1], 0, 1ull << 40, &to->due_s) &&
         read_number(words[2], 0, 86400, &to->wait_s) && add_services(to, count - 3, words + 3);
}

// "...\triad-service.exe" undo-service NAME DUE SECONDS SERVICE...
DWORD read_installed(SC_HANDLE manager, const wchar_t *name, Undo *found) {
  wchar_t image[4 * PATH_CHARS], *rest = NULL, *words[MOST_SERVICES + 3];
  int count = 0;
  DWORD error = service_image_path(manager, name, image, COUNT_OF(image));
  if (error) return error;
  wchar_t *end = wcsstr(image, L"\" undo-service ");
  wchar_t *verb = end;
  if (!end || image[0] != L'"') return ERROR_INVALID_SERVICE_CONTROL;
  *end = 0;
  wchar_t *file = wcsrchr(image, L'\\');
  if (!file || _wcsnicmp(file + 1, L"triad-service", 13) != 0) return ERROR_INVALID_SERVICE_CONTROL;
  for (wchar_t *word = wcstok_s(verb + 15, L" ", &rest); word && count < MOST_SERVICES + 3; word = wcstok_s(NULL, L" ", &rest)) words[count++] = word;
  return read_orders(count, words, found) && _wcsicmp(found->name, name) == 0 ? 0 : ERROR_INVALID_SERVICE_CONTROL;
}

DWORD check_undo(SC_HANDLE manager, const wchar_t *name, int count, wchar_t **services) {
  static Undo found;
  SERVICE_STATUS_PROCESS now = {0};
  DWORD error = read_installed(manager, name, &found);
  if (!error) error = service_state(manager, name, &now);
  if (error) return error;
  if (now.dwCurrentState != SERVICE_RUNNING) return ERROR_SERVICE_NOT_ACTIVE;
  // It may be trying again and again: a fault that comes only now is nobody's any more.
  if (unix_time_ms() / 1000 >= found.due_s) return ERROR_TIMEOUT;
  for (int i = 0; i < count; i++)
    if (!has_service(&found, services[i])) return ERROR_NOT_FOUND;
  return 0;
}

HANDLE lock_undo(const wchar_t *name, DWORD wait_ms) {
  wchar_t path[NAME_CHARS + 32];
  if (!print_text(path, COUNT_OF(path), L"Global\\triad-undo:%ls", name)) return NULL;
  // No more than waiting is asked for: one that the system itself has made gives administrators no more.
  HANDLE lock = CreateMutexExW(NULL, path, 0, SYNCHRONIZE);
  DWORD got = lock ? WaitForSingleObject(lock, wait_ms) : WAIT_FAILED;
  // Abandoned: who held it has ended in the middle of it.
  if (got == WAIT_OBJECT_0 || got == WAIT_ABANDONED) return lock;
  if (lock) CloseHandle(lock);
  return NULL;
}

void unlock_undo(HANDLE lock) {
  if (!lock) return;
  ReleaseMutex(lock);
  CloseHandle(lock);
}
