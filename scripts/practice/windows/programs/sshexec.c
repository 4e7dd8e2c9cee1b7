// Runs one command line for the practice sshd as Windows' own does (w32-doexec.c of Win32-OpenSSH): the line byte for byte as the host gives it,
// in a job that ends with this program, however that ends. Wine's own start of programs would quote anew, and Linux would cut the exit code to eight bits.
#include "channel.h"

static unsigned code_of_failed_start(const WCHAR *line) {
  DWORD error = GetLastError();
  fprintf(stderr, "practice: could not start \"%ls\": error %lu\r\n", line, error);
  return error;
}

int main(int count, char **arguments) {
  SOCKET channel = channel_open();
  STARTUPINFOW startup = {0};
  PROCESS_INFORMATION process;
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
  HANDLE job = CreateJobObjectW(NULL, NULL);
  DWORD code;
  char word[32], number[16];
  int length;
  WCHAR *line, *folder;
  send_part(channel, "exec", count > 1 ? arguments[1] : "", count > 1 ? (int)strlen(arguments[1]) : 0);
  send_part(channel, "ask", "", 0);
  folder = wide(receive_part(channel, word, &length));
  line = wide(receive_part(channel, word, &length));
  startup.cb = sizeof startup;
  // A socket that the command inherited would keep the channel open beyond our end.
  SetHandleInformation((HANDLE)channel, HANDLE_FLAG_INHERIT, 0);
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
  startup.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
  startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_BREAKAWAY_OK;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  // What we start is in our job from its first moment: started suspended and put in afterwards, it would stay for ever if we were killed in between.
  AssignProcessToJobObject(job, GetCurrentProcess());
  // A relative program is looked for from our own folder, not from the one that the program begins in.
  SetCurrentDirectoryW(folder);
  if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, folder, &startup, &process)) {
    code = code_of_failed_start(line);
  } else {
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
  }
  send_part(channel, "code", number, sprintf(number, "%lu", code));
  // Until the host has it: this program's end may otherwise be known first.
  free(receive_part(channel, word, &length));
  return 0;
}
