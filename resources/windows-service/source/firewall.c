// `firewall`: rules and profiles as they stand in the registry. netsh and PowerShell print them in the language of the machine.
#include "triad.h"

#define LOCAL_RULES L"SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy"
#define POLICY_RULES L"SOFTWARE\\Policies\\Microsoft\\WindowsFirewall"
#define OLD_POLICY POLICY_RULES L"\\StandardProfile"
#define RULE_CHARS 16384
#define FIELD_CHARS 1024

// Calls `each` with every field of `v2.30|Action=Allow|Name=x|` until it returns false.
static bool each_field(const wchar_t *rule, bool (*each)(const wchar_t *key, const wchar_t *value, void *context), void *context) {
  static wchar_t field[FIELD_CHARS];
  for (const wchar_t *bar = wcschr(rule, L'|'); bar && bar[1]; bar = wcschr(bar + 1, L'|')) {
    size_t length = wcscspn(bar + 1, L"|");
    if (length >= FIELD_CHARS) continue;
    memcpy(field, bar + 1, length * sizeof *field);
    field[length] = 0;
    wchar_t *equals = wcschr(field, L'=');
    if (!equals) continue;
    *equals = 0;
    if (!each(field, equals + 1, context)) return false;
  }
  return true;
}

typedef struct {
  const wchar_t *prefix;
  wchar_t name[FIELD_CHARS];
} NameSearch;

static bool is_not_name(const wchar_t *key, const wchar_t *value, void *context) {
  NameSearch *search = context;
  if (wcscmp(key, L"Name") != 0) return true;
  copy_text(search->name, COUNT_OF(search->name), value);
  return false;
}

static DWORD each_rule(const wchar_t *key, const wchar_t *prefix,
                       void (*each)(const wchar_t *id, const wchar_t *name, const wchar_t *rule, void *context), void *context) {
  static wchar_t id[RULE_CHARS], rule[RULE_CHARS];
  static NameSearch search;
  HKEY opened;
  DWORD error = (DWORD)RegOpenKeyExW(HKEY_LOCAL_MACHINE, key, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &opened);
  if (error == ERROR_FILE_NOT_FOUND) return 0;
  if (error) return error;
  for (DWORD index = 0;; index++) {
    DWORD id_chars = COUNT_OF(id), bytes = sizeof rule - sizeof *rule, type;
    error = (DWORD)RegEnumValueW(opened, index, id, &id_chars, NULL, &type, (BYTE *)rule, &bytes);
    // Longer than any rule of ours.
    if (error == ERROR_MORE_DATA) continue;
    if (error) break;
    if (type != REG_SZ) continue;
    rule[bytes / sizeof *rule] = 0;
    search.name[0] = 0;
    each_field(rule, is_not_name, &search);
    if (starts_with(search.name, prefix)) each(id, search.name, rule, context);
  }
  RegCloseKey(opened);
  return error == ERROR_NO_MORE_ITEMS ? 0 : error;
}

static bool json_text_field(const wchar_t *key, const wchar_t *value, void *context) {
  const wchar_t *wanted = context;
  if (wcscmp(key, wanted) != 0) return true;
  json_text(value);
  return false;
}

static void json_single(const char *name, const wchar_t *rule, const wchar_t *key) {
  json_key(name);
  if (each_field(rule, json_text_field, (void *)(uintptr_t)key)) json_null();
}

// Ports and addresses come as many fields: LPort, LPort2_10 (a range), RA4, RA42, RA6.
static bool json_listed_field(const wchar_t *key, const wchar_t *value, void *context) {
  if (starts_with(key, context)) json_text(value);
  return true;
}

static void json_list(const char *name, const wchar_t *rule, const wchar_t *start) {
  json_key(name);
  json_open('[');
  each_field(rule, json_listed_field, (void *)(uintptr_t)start);
  json_close(']');
}

static void json_rule(const wchar_t *id, const wchar_t *name, const wchar_t *rule, void *context) {
  json_open('{');
  json_pair_text("source", context);
  json_pair_text("id", id);
  json_pair_text("name", name);
  json_single("action", rule, L"Action");
  json_single("active", rule, L"Active");
  json_single("direction", rule, L"Dir");
  json_single("protocol", rule, L"Protocol");
  json_list("localPorts", rule, L"LPort");
  json_list("remotePorts", rule, L"RPort");
  json_list("localAddresses", rule, L"LA");
  json_list("remoteAddresses", rule, L"RA");
  json_list("profiles", rule, L"Profile");
  json_single("program", rule, L"App");
  json_single("service", rule, L"Svc");
  json_close('}');
}

// The value of the first key that has it; `other` may be NULL.
static void json_flag(const char *name, const wchar_t *key, const wchar_t *other, const wchar_t *value) {
  DWORD number;
  json_key(name);
  if (registry_number(HKEY_LOCAL_MACHINE, key, value, &number) || (other && registry_number(HKEY_LOCAL_MACHINE, other, value, &number)))
    json_bool(number != 0);
  else json_null();
}

// `old_policy`: where policies of before Windows Vista stand, which knew one profile for every network that is not the domain's; NULL for the domain's.
static void json_profile(const wchar_t *name, const wchar_t *local, const wchar_t *policy, const wchar_t *old_policy) {
  json_open('{');
  json_pair_text("name", name);
  json_flag("enabled", local, NULL, L"EnableFirewall");
  json_flag("blocksInbound", local, NULL, L"DefaultInboundAction");
  json_flag("policyEnabled", policy, old_policy, L"EnableFirewall");
  // Old policies have neither of these two.
  json_flag("policyBlocksInbound", policy, NULL, L"DefaultInboundAction");
  // False: rules of this machine count for nothing, only those of its domain.
  json_flag("policyAllowsLocalRules", policy, NULL, L"AllowLocalPolicyMerge");
  json_close('}');
}

int verb_firewall(int count, wchar_t **words) {
  DWORD error = 0;
  json_open('{');
  json_key("rules");
  json_open('[');
  for (int i = 0; i < count && !error; i++) {
    error = each_rule(LOCAL_RULES L"\\FirewallRules", words[i], json_rule, L"local");
    if (!error) error = each_rule(POLICY_RULES L"\\FirewallRules", words[i], json_rule, L"policy");
  }
  if (error) return fail("RegEnumValueW", error, NULL);
  json_close(']');
  json_key("profiles");
  json_open('[');
  json_profile(L"domain", LOCAL_RULES L"\\DomainProfile", POLICY_RULES L"\\DomainProfile", NULL);
  // The registry has the private profile by its old name; policies have it by the new one.
  json_profile(L"private", LOCAL_RULES L"\\StandardProfile", POLICY_RULES L"\\PrivateProfile", OLD_POLICY);
  json_profile(L"public", LOCAL_RULES L"\\PublicProfile", POLICY_RULES L"\\PublicProfile", OLD_POLICY);
  json_close(']');
  json_close('}');
  return json_print(0);
}

typedef struct {
  const wchar_t *wanted;
  size_t count;
} NameCount;

// Windows does not tell a name from the same in other letters.
static void count_name(const wchar_t *id, const wchar_t *name, const wchar_t *rule, void *context) {
  (void)id, (void)rule;
  NameCount *counted = context;
  if (_wcsicmp(name, counted->wanted) == 0) counted->count++;
}

DWORD count_firewall_rules(const wchar_t *name, size_t *count) {
  NameCount counted = {name, 0};
  DWORD error = each_rule(LOCAL_RULES L"\\FirewallRules", L"", count_name, &counted);
  *count = counted.count;
  return error;
}
