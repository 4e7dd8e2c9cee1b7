// What the parts of triad-service.exe share. README.md, one folder up, is the contract of every verb.
#ifndef TRIAD_H
#define TRIAD_H

#define WIN32_LEAN_AND_MEAN
#define FD_SETSIZE 512
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

// mingw's headers lack this one (winerror.h: 577).
#ifndef ERROR_INVALID_IMAGE_HASH
#define ERROR_INVALID_IMAGE_HASH 577L
#endif

#define TRIAD_VERSION L"1"
#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

// Longest path, with the end mark. Longer ones are refused.
#define PATH_CHARS 1024
// Longest name of a service, with the end mark: the limit of Windows is 256.
#define NAME_CHARS 260
#define HASH_TEXT_CHARS 65

// json.c: the answer is built in memory and printed as one line, so that a failure half way leaves no half answer.
void json_open(char bracket);
void json_close(char bracket);
void json_key(const char *key);
void json_text(const wchar_t *text);
void json_bytes(const char *utf8, size_t length);
void json_number(uint64_t number);
void json_bool(bool yes);
void json_null(void);
// Key and value at once. A NULL text is null.
void json_pair_text(const char *key, const wchar_t *text);
void json_pair_number(const char *key, uint64_t number);
void json_pair_bool(const char *key, bool yes);
void json_pair_null(const char *key);
// Prints the line and returns `code`, the exit code of the program.
int json_print(DWORD code);
// Prints {"error":code,"at":"...","detail":"..."} instead of what was built and returns `code`, or 1 where that is 0. `detail` may be NULL.
int fail(const char *at, DWORD code, const wchar_t *detail);

// text.c
// Copies, or returns false where `to` is too small; `to` is then empty.
bool copy_text(wchar_t *to, size_t chars, const wchar_t *from);
// Printf into a buffer; false where it is too small.
bool print_text(wchar_t *to, size_t chars, const wchar_t *format, ...);
bool utf8_to_text(const char *from, int bytes, wchar_t *to, size_t chars);
bool text_to_utf8(const wchar_t *from, char *to, size_t bytes);
// The whole of `text` as a number from `least` to `most`.
bool read_number(const wchar_t *text, uint64_t least, uint64_t most, uint64_t *number);
bool starts_with(const wchar_t *text, const wchar_t *start);
uint64_t file_time_to_unix_ms(FILETIME time);
uint64_t unix_time_ms(void);

// input.c: standard input
// The whole of it up to its end, an empty line or `limit` bytes; NULL where it is longer. The caller frees it.
char *read_request(size_t limit);
// Reads on in a thread. The event is set for every piece that arrives, `ended` when input has ended.
typedef struct {
  HANDLE arrived;
  HANDLE ended;
} InputWatch;
bool watch_input(InputWatch *watch);

// hash.c: SHA-256 in lower-case hex. Returns a Win32 error; `size` may be NULL.
DWORD hash_handle(HANDLE file, wchar_t hash[HASH_TEXT_CHARS], uint64_t *size);
DWORD hash_file(const wchar_t *path, wchar_t hash[HASH_TEXT_CHARS], uint64_t *size);

// ini.c: what a service is to be
#define RESTARTS 5
typedef struct {
  wchar_t name[NAME_CHARS], display[NAME_CHARS], description[512], account[NAME_CHARS], depends_on[NAME_CHARS];
  wchar_t program[PATH_CHARS], arguments[PATH_CHARS], folder[PATH_CHARS], program_sha256[HASH_TEXT_CHARS];
  wchar_t address[64], user[128], password_file[PATH_CHARS], log_file[PATH_CHARS];
  DWORD start_type;
  bool delayed;
  uint16_t port;
  DWORD ready_ms, stop_ms, log_keep;
  // Pauses before Redis is started again after it ended by itself; after the last of them in ten minutes the service gives up.
  DWORD restart_pauses_ms[RESTARTS];
  uint64_t log_max_bytes;
} ServiceIni;
// Returns a Win32 error; `problem` then says which line or key.
DWORD read_ini(const wchar_t *path, ServiceIni *ini, wchar_t *problem, size_t chars);

// scm.c: reading services
const wchar_t *service_state_name(DWORD state);
// One object: {"name","state",...}; a service that does not exist has the state "missing".
void json_service(SC_HANDLE manager, const wchar_t *name);
DWORD service_state(SC_HANDLE manager, const wchar_t *name, SERVICE_STATUS_PROCESS *status);
// Image path of a service; a Win32 error.
DWORD service_image_path(SC_HANDLE manager, const wchar_t *name, wchar_t *path, size_t chars);
// The ini behind a service of ours, from its image path.
DWORD read_service_ini(SC_HANDLE manager, const wchar_t *name, ServiceIni *ini);
// Starts it and waits until it runs, one of ours until Redis answers; 0 also where it ran already. `changed` says which. Ends a hold, and lets what is
// frozen go on: who starts it wants it to run. What is still ending is started when it has ended. 1460 where it does not run after `wait_ms`: with 0 it is
// only told to start.
DWORD start_and_wait(SC_HANDLE manager, const wchar_t *name, DWORD wait_ms, bool *changed, SERVICE_STATUS_PROCESS *status);
DWORD stop_and_wait(SC_HANDLE manager, const wchar_t *name, DWORD wait_ms, bool *changed);
// Deletes it and waits until it is gone; 0 also where there was none, 1072 where somebody keeps it open.
DWORD delete_and_wait(SC_HANDLE manager, const wchar_t *name, bool *changed);

// processes.c
// When it began, in units of 100 ns since 1601; 0 where that is not told.
uint64_t process_begun(DWORD pid);
// The path of its program; false where that is not told.
bool program_of(DWORD pid, wchar_t *path, DWORD chars);
// 0 where it has ended. The id of a parent may belong to another process by now, but a child is not older than its parent.
DWORD parent_of(DWORD pid);
#define MOST_PROCESSES 64
// The process and all below it, parents first; returns how many.
size_t find_tree(DWORD root, DWORD pids[MOST_PROCESSES]);
// The listening sockets of AF_INET or AF_INET6 with their processes, as the table of that family; a Win32 error. The caller frees it.
DWORD read_listeners(ULONG family, void **table);
// Whether those who listen at an address (as Winsock has it) and port are a process or what it has started: 0, or WSAEADDRINUSE.
DWORD check_listener(uint32_t address, uint16_t port, DWORD ancestor);

// hold.c: a file in the node's folder that keeps the wrapper from starting Redis
// Longer than any test; after it the wrapper starts Redis whatever happened to the one who tested.
#define HOLD_SECONDS 3600
bool is_held(const wchar_t *folder);
DWORD hold_node(const wchar_t *folder);
// Ends the hold: the wrapper sees it and starts Redis.
void release_node(const wchar_t *folder);

// freeze.c: all threads of a process suspended at once
// Adds the threads that stand still now; a Win32 error. One that is frozen already stays so.
DWORD freeze_process(DWORD pid, size_t *threads);
// Everything below the process `wrapper` goes on, however often it was frozen; does nothing where nothing was.
void thaw_below(DWORD wrapper);

// resp.c: one command to Redis, if it is the one that the process `wrapper` has started: nobody else is told the password (WSAEADDRINUSE).
// Returns a Winsock or Win32 error; `answer` is the first line, without its end.
DWORD ask_redis(const ServiceIni *ini, DWORD wrapper, const char *command, char *answer, size_t bytes, DWORD timeout_ms);

// logfile.c: the wrapper's own log, and the rotation of Redis' one
void log_open(const ServiceIni *ini);
void log_line(const wchar_t *format, ...);
// Moves redis.log, and our own log, out of the way where they are larger than the ini allows.
void rotate_logs(const ServiceIni *ini);
void log_file_end(const wchar_t *path);

// child.c: redis-server.exe in a job of its own
typedef struct {
  HANDLE job, process;
  DWORD pid;
} Child;
DWORD start_child(const ServiceIni *ini, Child *child);
// Ends what is left of it and closes the handles.
void end_child(Child *child);

// privilege.c: an administrator has it and must still ask for it. Without it the calls that need it say what is missing.
void ask_for_privilege(const wchar_t *name);

// registry.c
// Reads a text value; false where there is none or it is too long.
bool registry_text(HKEY root, const wchar_t *key, const wchar_t *value, wchar_t *to, size_t chars);
bool registry_number(HKEY root, const wchar_t *key, const wchar_t *value, DWORD *number);

// firewall.c
// How many local rules have that name, in whatever letters; a Win32 error.
DWORD count_firewall_rules(const wchar_t *name, size_t *count);

// observePaths.c, observeNetwork.c, observeMachine.c: the parts of `observe`; each writes pairs into the object that is open.
void observe_problem(const char *at, DWORD code);
void observe_machine(void);
void observe_network(SC_HANDLE manager);
void observe_port(uint16_t port);
void observe_path(const wchar_t *path, bool with_content);
void observe_log(const wchar_t *path);
void observe_disk(const wchar_t *path);
void observe_redis_processes(void);

// The verbs: `words` are what follows the verb. Each prints its line and returns the exit code.
int verb_version(int count, wchar_t **words);
int verb_clock(int count, wchar_t **words);
int verb_hash(int count, wchar_t **words);
int verb_observe(int count, wchar_t **words);
int verb_listen(int count, wchar_t **words);
int verb_connect(int count, wchar_t **words);
int verb_install(int count, wchar_t **words);
int verb_status(int count, wchar_t **words);
int verb_start(int count, wchar_t **words);
int verb_stop(int count, wchar_t **words);
int verb_remove(int count, wchar_t **words);
int verb_service(int count, wchar_t **words);
int verb_acl(int count, wchar_t **words);
int verb_folders(int count, wchar_t **words);
int verb_stage(int count, wchar_t **words);
int verb_place(int count, wchar_t **words);
int verb_remove_tree(int count, wchar_t **words);
int verb_firewall(int count, wchar_t **words);
int verb_lock(int count, wchar_t **words);
int verb_undo(int count, wchar_t **words);
int verb_undo_service(int count, wchar_t **words);
int verb_kill(int count, wchar_t **words);
int verb_crash(int count, wchar_t **words);
int verb_freeze(int count, wchar_t **words);

#endif
