// Processes that stand still: each of their threads is suspended. Nobody has to stay for that, and nothing of it outlives the process. A thread that is
// suspended once more needs to be resumed once more, so the count is kept at one, and taken down to none whatever it is.
#include "triad.h"

#include <tlhelp32.h>

// New threads may come while the others are being suspended.
#define MOST_ROUNDS 50
#define REFUSED ((DWORD)-1)

// Whether the thread ran until now. One that has ended meanwhile did not.
static bool suspend_once(HANDLE thread) {
  DWORD before = SuspendThread(thread);
  if (before != REFUSED && before > 0) ResumeThread(thread);
  return before == 0;
}

static bool resume_whole(HANDLE thread) {
  DWORD before = ResumeThread(thread);
  bool stood = before != REFUSED && before > 0;
  while (before != REFUSED && before > 1) before = ResumeThread(thread);
  return stood;
}

// Counts the threads of a process for which `change` is true; a Win32 error.
static DWORD each_thread(DWORD pid, bool (*change)(HANDLE thread), size_t *changed) {
  THREADENTRY32 entry = {.dwSize = sizeof entry};
  DWORD error = 0;
  HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
  if (snapshot == INVALID_HANDLE_VALUE) return GetLastError();
  for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry)) {
    if (entry.th32OwnerProcessID != pid) continue;
    HANDLE thread = OpenThread(THREAD_SUSPEND_RESUME, FALSE, entry.th32ThreadID);
    // 87: it has ended.
    if (!thread && GetLastError() != ERROR_INVALID_PARAMETER && !error) error = GetLastError();
    if (!thread) continue;
    if (change(thread)) (*changed)++;
    CloseHandle(thread);
  }
  CloseHandle(snapshot);
  return error;
}

DWORD freeze_process(DWORD pid, size_t *threads) {
  size_t fresh = 1;
  DWORD error = 0;
  for (int round = 0; round < MOST_ROUNDS && fresh && !error; round++) {
    fresh = 0;
    error = each_thread(pid, suspend_once, &fresh);
    *threads += fresh;
  }
  return error ? error : fresh ? ERROR_BUSY : 0;
}

void thaw_below(DWORD wrapper) {
  DWORD pids[MOST_PROCESSES];
  size_t resumed = 0;
  if (!wrapper) return;
  size_t count = find_tree(wrapper, pids);
  for (size_t i = 1; i < count; i++) each_thread(pids[i], resume_whole, &resumed);
}
