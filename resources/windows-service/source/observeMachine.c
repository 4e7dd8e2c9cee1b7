// The machine: system, identity, memory, clock, user.
#include "triad.h"

#include <psapi.h>
#include <winternl.h>

#define CURRENT_VERSION L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define FIRMWARE_BYTES 65536

typedef LONG(WINAPI *GetVersionOfNt)(OSVERSIONINFOEXW *);
typedef LONG(WINAPI *QuerySystem)(int, void *, ULONG, ULONG *);

// The first fields of SYSTEM_TIMEOFDAY_INFORMATION.
typedef struct {
  LARGE_INTEGER boot_time, current_time, zone_bias;
  BYTE rest[64];
} TimeOfDay;

// By way of a generic pointer: the compiler warns of a cast between functions.
static void *function_of(const wchar_t *module, const char *name) {
  HMODULE loaded = GetModuleHandleW(module);
  return loaded ? (void *)(uintptr_t)GetProcAddress(loaded, name) : NULL;
}

static const wchar_t *architecture_of_machine(void) {
  SYSTEM_INFO system;
  GetNativeSystemInfo(&system);
  switch (system.wProcessorArchitecture) {
    case PROCESSOR_ARCHITECTURE_AMD64: return L"x64";
    case PROCESSOR_ARCHITECTURE_ARM64: return L"arm64";
    case PROCESSOR_ARCHITECTURE_INTEL: return L"x86";
    default: return L"other";
  }
}

static const wchar_t *product_type_name(BYTE type) {
  return type == VER_NT_WORKSTATION ? L"workstation" : type == VER_NT_DOMAIN_CONTROLLER ? L"domainController" : L"server";
}

static void pair_registry_text(const char *key, const wchar_t *path, const wchar_t *value) {
  wchar_t text[256];
  json_pair_text(key, registry_text(HKEY_LOCAL_MACHINE, path, value, text, COUNT_OF(text)) ? text : NULL);
}

static void observe_system(void) {
  OSVERSIONINFOEXW version = {.dwOSVersionInfoSize = sizeof version};
  wchar_t number[64];
  DWORD revision = 0;
  // GetVersionEx would tell what our manifest allows.
  GetVersionOfNt get_version = (GetVersionOfNt)function_of(L"ntdll.dll", "RtlGetVersion");
  if (!get_version || get_version(&version) != 0) observe_problem("RtlGetVersion", ERROR_PROC_NOT_FOUND);
  print_text(number, COUNT_OF(number), L"%lu.%lu.%lu", version.dwMajorVersion, version.dwMinorVersion, version.dwBuildNumber);
  registry_number(HKEY_LOCAL_MACHINE, CURRENT_VERSION, L"UBR", &revision);
  json_key("os");
  json_open('{');
  json_pair_number("build", version.dwBuildNumber);
  json_pair_number("revision", revision);
  json_pair_text("version", number);
  json_pair_text("productType", product_type_name(version.wProductType));
  pair_registry_text("name", CURRENT_VERSION, L"ProductName");
  pair_registry_text("edition", CURRENT_VERSION, L"EditionID");
  pair_registry_text("installation", CURRENT_VERSION, L"InstallationType");
  json_pair_text("architecture", architecture_of_machine());
  json_close('}');
}

// The UUID in the table of type 1 of SMBIOS; its first three parts are little-endian.
static bool uuid_in(const BYTE *table, size_t length, wchar_t text[40]) {
  const size_t uuid_at = 8, uuid_bytes = 16;
  size_t at = 0;
  while (at + 4 <= length && table[at + 1] >= 4) {
    const BYTE *uuid = table + at + uuid_at;
    size_t next = at + table[at + 1];
    if (table[at] == 1 && table[at + 1] >= uuid_at + uuid_bytes && next <= length) {
      size_t zeros = 0, ones = 0;
      for (size_t i = 0; i < uuid_bytes; i++) zeros += uuid[i] == 0, ones += uuid[i] == 0xff;
      // A maker that wrote none.
      if (zeros == uuid_bytes || ones == uuid_bytes) return false;
      return print_text(text, 40, L"%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", uuid[3], uuid[2], uuid[1], uuid[0],
                        uuid[5], uuid[4], uuid[7], uuid[6], uuid[8], uuid[9], uuid[10], uuid[11], uuid[12], uuid[13], uuid[14], uuid[15]);
    }
    // Texts follow each table, up to an empty one.
    while (next + 1 < length && (table[next] || table[next + 1])) next++;
    at = next + 2;
  }
  return false;
}

static void observe_hardware_id(void) {
  const DWORD smbios = 'R' << 24 | 'S' << 16 | 'M' << 8 | 'B', header = 8;
  wchar_t text[40] = L"";
  bool found = false;
  BYTE *bytes = malloc(FIRMWARE_BYTES);
  UINT length = bytes ? GetSystemFirmwareTable(smbios, 0, bytes, FIRMWARE_BYTES) : 0;
  if (length > header && length <= FIRMWARE_BYTES) found = uuid_in(bytes + header, length - header, text);
  json_pair_text("hardwareId", found ? text : NULL);
  free(bytes);
}

static void observe_times(void) {
  TimeOfDay times = {0};
  ULONG length;
  const int time_of_day = 3;
  QuerySystem query = (QuerySystem)function_of(L"ntdll.dll", "NtQuerySystemInformation");
  json_pair_number("timeMs", unix_time_ms());
  json_key("bootTime");
  if (query && query(time_of_day, &times, 48, &length) == 0) {
    FILETIME boot = {.dwLowDateTime = times.boot_time.LowPart, .dwHighDateTime = (DWORD)times.boot_time.HighPart};
    json_number(file_time_to_unix_ms(boot));
  } else {
    observe_problem("NtQuerySystemInformation", ERROR_INVALID_FUNCTION);
    json_null();
  }
}

static void observe_memory(void) {
  MEMORYSTATUSEX memory = {.dwLength = sizeof memory};
  PERFORMANCE_INFORMATION performance = {.cb = sizeof performance};
  if (!GlobalMemoryStatusEx(&memory)) observe_problem("GlobalMemoryStatusEx", GetLastError());
  if (!GetPerformanceInfo(&performance, sizeof performance)) observe_problem("GetPerformanceInfo", GetLastError());
  uint64_t page = performance.PageSize, limit = performance.CommitLimit * page, used = performance.CommitTotal * page;
  json_pair_number("cpuCount", GetActiveProcessorCount(ALL_PROCESSOR_GROUPS));
  json_pair_number("memoryBytes", memory.ullTotalPhys);
  json_pair_number("memoryAvailableBytes", memory.ullAvailPhys);
  json_pair_number("commitLimitBytes", limit);
  json_pair_number("commitAvailableBytes", limit > used ? limit - used : 0);
  // What may be promised beyond the memory is backed by page files.
  json_pair_number("pageFileBytes", limit > memory.ullTotalPhys ? limit - memory.ullTotalPhys : 0);
}

static void observe_user(void) {
  TOKEN_ELEVATION elevation = {0};
  union {
    TOKEN_USER user;
    BYTE bytes[256];
  } owner;
  wchar_t name[256], domain[256], whole[520];
  DWORD length, name_chars = COUNT_OF(name), domain_chars = COUNT_OF(domain);
  SID_NAME_USE use;
  HANDLE token;
  bool is_known = false;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) {
    observe_problem("OpenProcessToken", GetLastError());
    json_pair_null("isElevated");
    json_pair_null("user");
    return;
  }
  if (!GetTokenInformation(token, TokenElevation, &elevation, sizeof elevation, &length)) observe_problem("TokenElevation", GetLastError());
  if (!GetTokenInformation(token, TokenUser, &owner, sizeof owner, &length)) observe_problem("TokenUser", GetLastError());
  else if (!LookupAccountSidW(NULL, owner.user.User.Sid, name, &name_chars, domain, &domain_chars, &use))
    observe_problem("LookupAccountSidW", GetLastError());
  else is_known = print_text(whole, COUNT_OF(whole), L"%ls\\%ls", domain, name);
  json_pair_bool("isElevated", elevation.TokenIsElevated != 0);
  json_pair_text("user", is_known ? whole : NULL);
  CloseHandle(token);
}

void observe_machine(void) {
  wchar_t name[256] = L"";
  DWORD chars = COUNT_OF(name);
  observe_system();
  if (!GetComputerNameExW(ComputerNamePhysicalDnsHostname, name, &chars)) observe_problem("GetComputerNameExW", GetLastError());
  json_pair_text("hostName", name[0] ? name : NULL);
  pair_registry_text("machineGuid", L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid");
  observe_hardware_id();
  observe_times();
  observe_memory();
  observe_user();
}
