/**
 * Programs of Windows itself by their whole path. A bare name would be looked for in the folder in which the session begins first, which is the login's profile.
 * Every supported Windows that was not set up by hand for another place has its folder here; a variable would not mean the same to every shell.
 */
export const SYSTEM_PROGRAMS = {
  netsh: 'C:\\Windows\\System32\\netsh.exe',
  icacls: 'C:\\Windows\\System32\\icacls.exe',
  sc: 'C:\\Windows\\System32\\sc.exe',
  powershell: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  whoami: 'C:\\Windows\\System32\\whoami.exe',
} as const;
