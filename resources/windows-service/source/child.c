// redis-server.exe in a job of its own: what belongs to a job ends with it, and the job ends with its last handle, that is with us.
#include "triad.h"

// Opened so that nobody can write the program between the comparison and the start.
static DWORD open_pinned(const ServiceIni *ini, HANDLE *file) {
  wchar_t hash[HASH_TEXT_CHARS];
  *file = CreateFileW(ini->program, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
  if (*file == INVALID_HANDLE_VALUE) return GetLastError();
  DWORD error = hash_handle(*file, hash, NULL);
  if (!error && _wcsicmp(hash, ini->program_sha256) == 0) return 0;
  if (!error) {
    log_line(L"%ls has the SHA-256 %ls, the ini wants %ls", ini->program, hash, ini->program_sha256);
    error = ERROR_INVALID_IMAGE_HASH;
  }
  CloseHandle(*file);
  return error;
}

static DWORD make_job(HANDLE *job) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  *job = CreateJobObjectW(NULL, NULL);
  if (*job && SetInformationJobObject(*job, JobObjectExtendedLimitInformation, &limits, sizeof limits)) return 0;
  return GetLastError();
}

static DWORD open_output(const ServiceIni *ini, HANDLE *input, HANDLE *output) {
  wchar_t path[PATH_CHARS];
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  if (!print_text(path, COUNT_OF(path), L"%ls\\startup.log", ini->folder)) return ERROR_FILENAME_EXCED_RANGE;
  *input = CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, NULL);
  if (*input == INVALID_HANDLE_VALUE) return GetLastError();
  *output = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, &inherited, CREATE_ALWAYS, 0, NULL);
  // Who reads it must not keep Redis from starting.
  if (*output == INVALID_HANDLE_VALUE && GetLastError() == ERROR_SHARING_VIOLATION)
    *output = CreateFileW(L"NUL", GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, NULL);
  return *output == INVALID_HANDLE_VALUE ? GetLastError() : 0;
}

static DWORD start_in_job(const ServiceIni *ini, HANDLE input, HANDLE output, Child *child) {
  static wchar_t line[2 * PATH_CHARS + 8];
  STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES, .hStdInput = input, .hStdOutput = output, .hStdError = output};
  PROCESS_INFORMATION made = {0};
  if (!print_text(line, COUNT_OF(line), L"\"%ls\" %ls", ini->program, ini->arguments)) return ERROR_FILENAME_EXCED_RANGE;
  // Suspended: what it starts before it is in the job would not be in it.
  if (!CreateProcessW(ini->program, line, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_SUSPENDED, NULL, ini->folder, &start, &made))
    return GetLastError();
  DWORD error = AssignProcessToJobObject(child->job, made.hProcess) ? 0 : GetLastError();
  if (error) TerminateProcess(made.hProcess, 1);
  else ResumeThread(made.hThread);
  CloseHandle(made.hThread);
  child->process = made.hProcess;
  child->pid = made.dwProcessId;
  return error;
}

DWORD start_child(const ServiceIni *ini, Child *child) {
  HANDLE program = INVALID_HANDLE_VALUE, input = INVALID_HANDLE_VALUE, output = INVALID_HANDLE_VALUE;
  *child = (Child){0};
  DWORD error = open_pinned(ini, &program);
  if (error) {
    log_line(L"cannot use %ls: error %lu", ini->program, error);
    return error;
  }
  error = make_job(&child->job);
  if (!error) error = open_output(ini, &input, &output);
  if (!error) error = start_in_job(ini, input, output, child);
  CloseHandle(program);
  if (input != INVALID_HANDLE_VALUE) CloseHandle(input);
  if (output != INVALID_HANDLE_VALUE) CloseHandle(output);
  if (error) {
    log_line(L"cannot start %ls: error %lu", ini->program, error);
    end_child(child);
  } else {
    log_line(L"started %ls %ls as process %lu", ini->program, ini->arguments, child->pid);
  }
  return error;
}

void end_child(Child *child) {
  if (child->job) {
    TerminateJobObject(child->job, 1);
    CloseHandle(child->job);
  }
  if (child->process) {
    WaitForSingleObject(child->process, 5000);
    CloseHandle(child->process);
  }
  *child = (Child){0};
}
