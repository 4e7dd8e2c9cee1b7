// Addresses, listening ports and the processes behind them.
#include "triad.h"

#include <iphlpapi.h>
#include <tlhelp32.h>

#include "system32.h"

#define MOST_ATTEMPTS 5

// Lists of Windows may have grown since their size was asked for.
static void *read_adapters(void) {
  ULONG bytes = 32768, error = ERROR_BUFFER_OVERFLOW;
  void *list = NULL;
  for (int attempt = 0; error == ERROR_BUFFER_OVERFLOW && attempt < MOST_ATTEMPTS; attempt++) {
    free(list);
    list = malloc(bytes);
    if (!list) return NULL;
    ULONG skipped = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
    error = GetAdaptersAddresses(AF_UNSPEC, skipped, NULL, list, &bytes);
  }
  if (!error) return list;
  observe_problem("GetAdaptersAddresses", error);
  free(list);
  return NULL;
}

static void *read_table(ULONG family) {
  void *table;
  DWORD error = read_listeners(family, &table);
  if (error) observe_problem("GetExtendedTcpTable", error);
  return table;
}

static void json_ip(int family, const void *address) {
  wchar_t text[64];
  json_text(InetNtopW(family, address, text, COUNT_OF(text)));
}

static void observe_addresses(void) {
  IP_ADAPTER_ADDRESSES *adapters = read_adapters();
  json_key("addresses");
  json_open('[');
  for (IP_ADAPTER_ADDRESSES *adapter = adapters; adapter; adapter = adapter->Next) {
    if (adapter->OperStatus != IfOperStatusUp || adapter->IfType == IF_TYPE_SOFTWARE_LOOPBACK) continue;
    for (IP_ADAPTER_UNICAST_ADDRESS *unicast = adapter->FirstUnicastAddress; unicast; unicast = unicast->Next) {
      const struct sockaddr *name = unicast->Address.lpSockaddr;
      json_open('{');
      json_key("ip");
      if (name->sa_family == AF_INET) json_ip(AF_INET, &((const struct sockaddr_in *)name)->sin_addr);
      else json_ip(AF_INET6, &((const struct sockaddr_in6 *)name)->sin6_addr);
      json_pair_text("device", adapter->FriendlyName);
      json_pair_number("prefixLength", unicast->OnLinkPrefixLength);
      json_pair_bool("isDynamic", unicast->PrefixOrigin == IpPrefixOriginDhcp || unicast->SuffixOrigin == IpSuffixOriginDhcp ||
                                      unicast->SuffixOrigin == IpSuffixOriginRandom);
      json_close('}');
    }
  }
  json_close(']');
  free(adapters);
}

static ENUM_SERVICE_STATUS_PROCESSW *running;
static DWORD running_count;

static void read_running_services(SC_HANDLE manager) {
  DWORD bytes = 262144, needed = 0, resume = 0;
  running = malloc(bytes);
  if (running && EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_ACTIVE, (BYTE *)running, bytes, &needed,
                                       &running_count, &resume, NULL))
    return;
  // The first quarter of a megabyte of them is there also when there are more.
  if (GetLastError() != ERROR_MORE_DATA) observe_problem("EnumServicesStatusExW", GetLastError());
}

static const wchar_t *service_with(DWORD pid) {
  for (DWORD i = 0; pid && i < running_count; i++)
    if (running[i].ServiceStatusProcess.dwProcessId == pid) return running[i].lpServiceName;
  return NULL;
}

// Redis below a wrapper belongs to the wrapper's service.
static const wchar_t *service_of(DWORD pid) {
  const wchar_t *service = service_with(pid);
  return service ? service : service_with(parent_of(pid));
}

static void json_listener(int family, const void *address, DWORD port, DWORD pid) {
  wchar_t path[PATH_CHARS];
  json_open('{');
  json_key("address");
  json_ip(family, address);
  json_pair_number("port", ntohs((u_short)port));
  json_pair_number("pid", pid);
  json_pair_text("program", program_of(pid, path, COUNT_OF(path)) ? path : NULL);
  json_pair_text("service", service_of(pid));
  json_close('}');
}

static void observe_listening(void) {
  MIB_TCPTABLE_OWNER_PID *table = read_table(AF_INET);
  MIB_TCP6TABLE_OWNER_PID *table6 = read_table(AF_INET6);
  json_key("listening");
  if (!table && !table6) {
    json_null();
    return;
  }
  json_open('[');
  for (DWORD i = 0; table && i < table->dwNumEntries; i++)
    json_listener(AF_INET, &table->table[i].dwLocalAddr, table->table[i].dwLocalPort, table->table[i].dwOwningPid);
  for (DWORD i = 0; table6 && i < table6->dwNumEntries; i++)
    json_listener(AF_INET6, table6->table[i].ucLocalAddr, table6->table[i].dwLocalPort, table6->table[i].dwOwningPid);
  json_close(']');
  free(table);
  free(table6);
}

void observe_network(SC_HANDLE manager) {
  observe_addresses();
  read_running_services(manager);
  observe_listening();
  // No documented call tells them; `ports` shows by trying whether a port can be had.
  json_pair_null("dynamicPorts");
  json_pair_null("excludedPorts");
}

// 10048: somebody has it; 10013: Windows keeps it back (an excluded range).
void observe_port(uint16_t port) {
  DWORD error = 0;
  BOOL alone = TRUE;
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(port)};
  SOCKET tried = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  if (tried == INVALID_SOCKET || setsockopt(tried, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (const char *)&alone, sizeof alone) != 0 ||
      bind(tried, (struct sockaddr *)&name, sizeof name) != 0)
    error = (DWORD)WSAGetLastError();
  if (tried != INVALID_SOCKET) closesocket(tried);
  json_open('{');
  json_pair_number("port", port);
  json_pair_number("bindError", error);
  json_close('}');
}

static bool is_redis(const wchar_t *program) {
  static const wchar_t *const names[] = {L"redis-server.exe", L"memurai.exe", L"valkey-server.exe", L"garnet.exe", L"garnetserver.exe"};
  for (size_t i = 0; i < COUNT_OF(names); i++)
    if (_wcsicmp(program, names[i]) == 0) return true;
  return false;
}

void observe_redis_processes(void) {
  PROCESSENTRY32W entry = {.dwSize = sizeof entry};
  wchar_t path[PATH_CHARS];
  HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  json_key("redisProcesses");
  if (snapshot == INVALID_HANDLE_VALUE) {
    observe_problem("CreateToolhelp32Snapshot", GetLastError());
    json_null();
    return;
  }
  json_open('[');
  for (BOOL more = Process32FirstW(snapshot, &entry); more; more = Process32NextW(snapshot, &entry)) {
    if (!is_redis(entry.szExeFile)) continue;
    json_open('{');
    json_pair_number("pid", entry.th32ProcessID);
    json_pair_number("parentPid", entry.th32ParentProcessID);
    json_pair_text("program", program_of(entry.th32ProcessID, path, COUNT_OF(path)) ? path : entry.szExeFile);
    json_pair_text("service", service_of(entry.th32ProcessID));
    json_close('}');
  }
  json_close(']');
  CloseHandle(snapshot);
}
