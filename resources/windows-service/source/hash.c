// SHA-256 by Windows' own implementation.
#include "triad.h"

#include <bcrypt.h>

#include "system32.h"

#define PIECE_BYTES (1024 * 1024)

// The codes of CNG are of another family; the message table of the system knows their Win32 meaning only through ntdll.
static DWORD win32_of(NTSTATUS status) { return status >= 0 ? 0 : ERROR_INVALID_FUNCTION; }

static DWORD hash_pieces(BCRYPT_HASH_HANDLE hash, HANDLE file, unsigned char *piece, uint64_t *size) {
  for (;;) {
    DWORD got = 0;
    if (!ReadFile(file, piece, PIECE_BYTES, &got, NULL)) return GetLastError();
    if (got == 0) return 0;
    *size += got;
    NTSTATUS status = BCryptHashData(hash, piece, got, 0);
    if (status < 0) return win32_of(status);
  }
}

DWORD hash_handle(HANDLE file, wchar_t text[HASH_TEXT_CHARS], uint64_t *size) {
  unsigned char digest[32];
  uint64_t bytes = 0;
  BCRYPT_ALG_HANDLE algorithm = NULL;
  BCRYPT_HASH_HANDLE hash = NULL;
  unsigned char *piece = malloc(PIECE_BYTES);
  DWORD error = piece ? 0 : ERROR_NOT_ENOUGH_MEMORY;
  text[0] = 0;
  if (!error) error = win32_of(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0));
  if (!error) error = win32_of(BCryptCreateHash(algorithm, &hash, NULL, 0, NULL, 0, 0));
  if (!error) error = hash_pieces(hash, file, piece, &bytes);
  if (!error) error = win32_of(BCryptFinishHash(hash, digest, sizeof digest, 0));
  if (!error) {
    for (size_t i = 0; i < sizeof digest; i++) print_text(text + 2 * i, 3, L"%02x", digest[i]);
    if (size) *size = bytes;
  }
  if (hash) BCryptDestroyHash(hash);
  if (algorithm) BCryptCloseAlgorithmProvider(algorithm, 0);
  free(piece);
  return error;
}

DWORD hash_file(const wchar_t *path, wchar_t text[HASH_TEXT_CHARS], uint64_t *size) {
  text[0] = 0;
  // Also while somebody writes it: a log or an append-only file is asked for its hash, too.
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                            FILE_FLAG_SEQUENTIAL_SCAN, NULL);
  if (file == INVALID_HANDLE_VALUE) return GetLastError();
  DWORD error = hash_handle(file, text, size);
  CloseHandle(file);
  return error;
}
