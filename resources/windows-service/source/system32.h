// Functions of libraries that are not loaded into every program. Windows looks for what is linked in our own folder first, and that is a folder of uploads
// for the copy that looks: so these are fetched out of the system's folder when they are called.
#ifndef SYSTEM32_H
#define SYSTEM32_H

#include "triad.h"

// Ends the program where there is no such function: every Windows that Triad knows has all of them.
FARPROC system_function(const wchar_t *library, const char *name);

#define SYSTEM_FUNCTION(library, name) ((typeof(&name))(void *)system_function(library, #name))

#define BCryptOpenAlgorithmProvider SYSTEM_FUNCTION(L"bcrypt.dll", BCryptOpenAlgorithmProvider)
#define BCryptCloseAlgorithmProvider SYSTEM_FUNCTION(L"bcrypt.dll", BCryptCloseAlgorithmProvider)
#define BCryptCreateHash SYSTEM_FUNCTION(L"bcrypt.dll", BCryptCreateHash)
#define BCryptHashData SYSTEM_FUNCTION(L"bcrypt.dll", BCryptHashData)
#define BCryptFinishHash SYSTEM_FUNCTION(L"bcrypt.dll", BCryptFinishHash)
#define BCryptDestroyHash SYSTEM_FUNCTION(L"bcrypt.dll", BCryptDestroyHash)

#define GetAdaptersAddresses SYSTEM_FUNCTION(L"iphlpapi.dll", GetAdaptersAddresses)
#define GetExtendedTcpTable SYSTEM_FUNCTION(L"iphlpapi.dll", GetExtendedTcpTable)

#endif
