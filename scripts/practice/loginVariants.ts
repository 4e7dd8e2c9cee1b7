/** One way to log in to a practice server. */
export interface LoginVariant {
  readonly says: string;
  readonly user: 'admin' | 'root';
  readonly auth: 'key' | 'encryptedKey' | 'password';
  /** What sudo wants from the user; `notNeeded` for root. */
  readonly sudo: 'notNeeded' | 'withoutPassword' | 'withPassword' | 'refused';
}

/** All ways to log in, by the name that `--login` takes. A server accepts only its own way. */
export const loginVariants = {
  key: { says: 'a key, and sudo without a password', user: 'admin', auth: 'key', sudo: 'withoutPassword' },
  keyWithPassphrase: {
    says: 'a key with a passphrase, and sudo without a password',
    user: 'admin',
    auth: 'encryptedKey',
    sudo: 'withoutPassword',
  },
  password: { says: 'a password, and sudo without one', user: 'admin', auth: 'password', sudo: 'withoutPassword' },
  sudoPassword: { says: 'a key, and sudo with a password', user: 'admin', auth: 'key', sudo: 'withPassword' },
  passwordAndSudoPassword: { says: 'a password for both login and sudo', user: 'admin', auth: 'password', sudo: 'withPassword' },
  noSudo: { says: 'a key, and a user who may not use sudo', user: 'admin', auth: 'key', sudo: 'refused' },
  root: { says: 'root with a key', user: 'root', auth: 'key', sudo: 'notNeeded' },
  rootPassword: { says: 'root with a password', user: 'root', auth: 'password', sudo: 'notNeeded' },
} as const satisfies Readonly<Record<string, LoginVariant>>;

export type LoginName = keyof typeof loginVariants;

/** Lines for sshd that make it accept this way and no other. */
export function sshdLines(login: LoginVariant): string[] {
  return [
    `PasswordAuthentication ${login.auth === 'password' ? 'yes' : 'no'}`,
    `PubkeyAuthentication ${login.auth === 'password' ? 'no' : 'yes'}`,
    `PermitRootLogin ${login.user === 'root' ? 'yes' : 'no'}`,
    `AllowUsers ${login.user}`,
  ];
}

/** The line of sudoers for the user, or none. */
export function sudoersLine(login: LoginVariant): string | undefined {
  switch (login.sudo) {
    case 'withoutPassword':
      return `${login.user} ALL=(ALL:ALL) NOPASSWD: ALL`;
    case 'withPassword':
      return `${login.user} ALL=(ALL:ALL) ALL`;
    case 'refused':
    case 'notNeeded':
      return undefined;
    default:
      return login.sudo satisfies never;
  }
}
