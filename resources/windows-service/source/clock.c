// `clock`: tells the time once at the beginning and once for each line that comes, so that whoever asks can leave out how long a program takes to start.
#include "triad.h"

#define SILENCE_MS 15000

int verb_clock(int count, wchar_t **words) {
  (void)count, (void)words;
  InputWatch input;
  if (!watch_input(&input)) return fail("CreateThread", GetLastError(), NULL);
  HANDLE events[] = {input.ended, input.arrived};
  DWORD event, answers = 0;
  do {
    json_open('{');
    json_pair_number("answer", answers++);
    json_pair_number("timeMs", unix_time_ms());
    json_close('}');
    int failed = json_print(0);
    if (failed) return failed;
    event = WaitForMultipleObjects(COUNT_OF(events), events, FALSE, SILENCE_MS);
  } while (event == WAIT_OBJECT_0 + 1);
  return event == WAIT_OBJECT_0 ? 0 : ERROR_TIMEOUT;
}
