// What an undo is to do and when, as the image path of its service says it, and the lock that keeps a fault and its undo apart.
#ifndef ORDERS_H
#define ORDERS_H

#include "triad.h"

#define MOST_SERVICES 32

typedef struct {
  wchar_t name[NAME_CHARS];
  // Due at this time or after so many seconds of waiting, whichever comes first: a clock that is set back must not keep the fault.
  uint64_t due_s, wait_s;
  int count;
  wchar_t services[MOST_SERVICES][NAME_CHARS];
} Undo;

// Whether a name can go unquoted into an image path.
bool is_plain(const wchar_t *name);
// Adds those that are not there yet; false where one is not plain, or there are too many.
bool add_services(Undo *to, int count, wchar_t **words);
// NAME DUE SECONDS SERVICE..., the words of an image path after its verb.
bool read_orders(int count, wchar_t **words, Undo *to);
// The orders of the undo of that name; 1060 where there is none, 1052 where it is any other service.
DWORD read_installed(SC_HANDLE manager, const wchar_t *name, Undo *found);

// faultRules.c: removes the firewall rules of the cluster whose undo has that name, `triad-heal-CLUSTER`, and no others. `removed` counts those that were there;
// 0 also where there are none any more.
DWORD remove_fault_rules(const wchar_t *name, size_t *removed);

// 0 while that undo waits, has time left and starts all of these services; else 1060, 1052, 1062 (it does not run), 1460 (its time has come) or 1168 (it does
// not know one of them).
DWORD check_undo(SC_HANDLE manager, const wchar_t *name, int count, wchar_t **services);
// A fault holds the lock of its undo while it is made, the undo while it takes back; NULL where it cannot be had in time. It goes with its process.
HANDLE lock_undo(const wchar_t *name, DWORD wait_ms);
// Does nothing with NULL.
void unlock_undo(HANDLE lock);

#endif
