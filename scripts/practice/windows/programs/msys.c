// A small DLL in place of those that come with Redis for Windows. The practice redis-server.exe needs it to start, as the real one does.
__declspec(dllexport) int triad_practice_msys(void) { return 0; }
