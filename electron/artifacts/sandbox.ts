/** What a sandboxed service may still do. Paths are absolute. */
export interface SandboxNeeds {
  /** The only places that it may write to. */
  readonly writable: readonly string[];
  /** Everything else that it must be able to see, such as its program. */
  readonly readable: readonly string[];
  /** Without it the service has no sockets but local ones. */
  readonly usesNetwork: boolean;
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/**
 * The `[Service]` lines that shut a service in as far as systemd can. Every directive is one that systemd 239 either knows or skips with a
 * warning, and that a container without the right to it (mounts, seccomp) skips too; `PrivateUsers` and `DynamicUser` are left out
 * because they fail hard where user namespaces are switched off.
 */
export function sandboxLines(needs: SandboxNeeds): readonly string[] {
  const seen = [...needs.writable, ...needs.readable];
  // Both directives put an empty folder over the place: a data folder below it would be gone for the service.
  const usesHome = seen.some((path) => ['/home', '/root', '/run/user'].some((folder) => isBelow(path, folder)));
  const usesTemporary = seen.some((path) => ['/tmp', '/var/tmp'].some((folder) => isBelow(path, folder)));
  return [
    'UMask=0077',
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=',
    'AmbientCapabilities=',
    'ProtectSystem=strict',
    ...needs.writable.map((path) => `ReadWritePaths=${path}`),
    `ProtectHome=${usesHome ? 'read-only' : 'yes'}`,
    ...(usesTemporary ? [] : ['PrivateTmp=yes']),
    'PrivateDevices=yes',
    'DevicePolicy=closed',
    'ProtectProc=invisible',
    'ProtectClock=yes',
    'ProtectHostname=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelTunables=yes',
    'ProtectControlGroups=yes',
    'LockPersonality=yes',
    'MemoryDenyWriteExecute=yes',
    'RemoveIPC=yes',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    ...(needs.usesNetwork
      ? ['RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX']
      : ['RestrictAddressFamilies=AF_UNIX', 'PrivateNetwork=yes']),
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallFilter=~@privileged @resources',
    '# A refused call fails with an error that the program can handle, instead of killing it.',
    'SystemCallErrorNumber=EPERM',
  ];
}
