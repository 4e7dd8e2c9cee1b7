/**
 * Command lines for the admin's own shell that switch a server off at once and on again, by its management controller or hypervisor. They find the server in
 * their environment, {@link powerEnvironment}. Only the command line may give them: a specification or a bundle comes from others, and would run what it likes here.
 */
export interface PowerCommands {
  readonly off: string;
  readonly on: string;
}

/** What both commands find in their environment beside the admin's own. */
export function powerEnvironment({
  server,
  address,
}: {
  readonly server: string;
  readonly address: string;
}): Readonly<Record<string, string>> {
  return { TRIAD_SERVER: server, TRIAD_ADDRESS: address };
}
