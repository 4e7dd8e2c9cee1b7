// Access lists as SDDL, for the verbs that set them.
#ifndef ACCESS_H
#define ACCESS_H

#include "triad.h"

#define SDDL_CHARS 4096
// Nobody but SYSTEM and Administrators, for all that lies below as well.
#define ADMINISTRATORS_ONLY L"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"

// The descriptor of an SDDL that has a list; LocalFree it. A Win32 error, 1336 where there is no list: everybody could do everything.
DWORD read_sddl(const wchar_t *sddl, PSECURITY_DESCRIPTOR *descriptor);
// Opens a file or folder to have its list set: itself, never what a link leads to. `more` is what else is to be done with it.
HANDLE open_for_access(const wchar_t *path, DWORD more, DWORD share);
// Sets list and, where the descriptor has one, owner. 4395 for a link, 1142 for a file with more than one name: its list would be another file's, too.
DWORD set_access(HANDLE object, PSECURITY_DESCRIPTOR descriptor);
DWORD set_path_access(const wchar_t *path, const wchar_t *sddl);
// Whether SYSTEM or Administrators own it.
bool is_owned_by_administrators(HANDLE object);
// What the calls above need of the caller.
void ask_to_set_access(void);

// Sets the list of every line PATH<TAB>SDDL of the request by `apply`, and tells what came of it.
int print_access_request(DWORD (*apply)(const wchar_t *path, const wchar_t *sddl));

// Verbs whose request has one thing a line, in columns with tabs between them. Calls `each` for every line, with `columns` texts of UTF-8; a line with fewer is
// refused (160). Returns the first error, and 122 where the request is too long.
DWORD each_request_line(int columns, DWORD (*each)(char **column, void *context), void *context);

#endif
