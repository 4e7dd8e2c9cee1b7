/** Who may do what with a file or folder on a Windows server, in the words of the blueprint. */
export interface Access {
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
}

/** The account of a service: Windows makes it with the service, without a password, and it can do nothing that nobody has given it. */
export function accountOf(service: string): string {
  return `NT SERVICE\\${service}`;
}

const ADMINISTRATORS = { owner: 'Administrators', group: 'Administrators' } as const;

/**
 * The kinds of access that Triad gives. SYSTEM and Administrators may do everything with everything of Triad; beside them nobody (`closed`), everybody who
 * can log in may read and run (`readable`), one service may read (`forService`), or one service may write (`ofService`). Access lists are made of them in
 * hosts/windows, which knows no others.
 */
export const ACCESS = {
  closed: { file: { ...ADMINISTRATORS, mode: 0o600 }, folder: { ...ADMINISTRATORS, mode: 0o700 } },
  readable: { file: { ...ADMINISTRATORS, mode: 0o644 }, folder: { ...ADMINISTRATORS, mode: 0o755 } },
  forService: (service: string): Access => ({ owner: ADMINISTRATORS.owner, group: accountOf(service), mode: 0o640 }),
  ofService: (service: string): Access => ({ owner: accountOf(service), group: accountOf(service), mode: 0o750 }),
} as const;
