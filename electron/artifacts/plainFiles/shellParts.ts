import { renderAuthConf } from '../authConf.ts';

/** One word for a POSIX shell, whatever it holds; plain ones are left as they are read best. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Permission bits as `stat -c %a`, `install -m` and Ansible write them. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** How every exported script begins: what it is, and surroundings in which nothing depends on whoever runs it. */
export function scriptHead(about: readonly string[]): string {
  return `#!/bin/sh
${about.map((line) => `# ${line}`).join('\n')}
set -eu
LC_ALL=C
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
`;
}

/**
 * The function that gets the password into `password`: never from an argument, which everybody on the machine can read. `--password-file -` is the
 * standard input, so that it can come over SSH without being kept anywhere.
 */
export const READ_PASSWORD = `# password: the first line of --password-file FILE (- is the standard input), or REDIS_PASSWORD of the environment.
read_password() {
  password=
  case "\${1:-} \${2:-}" in
    ' ') password=\${REDIS_PASSWORD:-} ;;
    '--password-file -') IFS= read -r password || : ;;
    '--password-file '?*)
      [ -f "$2" ] && [ -r "$2" ] || refuse "the password file $2 cannot be read."
      IFS= read -r password <"$2" || :
      ;;
    *) refuse "usage: $0 [--password-file FILE]" ;;
  esac
  [ -n "$password" ] || refuse 'there is no password: give --password-file FILE (- is the standard input), or set REDIS_PASSWORD.'
  unset REDIS_PASSWORD
}
`;

/** What stands between double quotes in Triad's own file, to be replaced by the password. */
const MARK = 'PASSWORD';

/** The file with the password as `renderAuthConf` writes it, with another text in the place of the quoted password. */
export function authConfWith(quoted: string): string {
  return renderAuthConf(MARK).replaceAll(`"${MARK}"`, () => quoted);
}

/**
 * The function that prints the file with the password, byte for byte as Triad would write it. What gets the password as an argument is built into
 * the shell: it is in no list of processes.
 */
export const PRINT_AUTH_CONF = `# Every byte but letters, digits and harmless signs as \\xHH: Redis then reads exactly these bytes, whatever they are.
quoted() {
  for byte in $(printf %s "$password" | od -An -v -tx1); do
    case $byte in
      25 | 2[b-f] | 3[0-9a] | 3d | 4* | 5[0-9a] | 5f | 6[1-9a-f] | 7[0-9a]) printf "\\\\$(printf %03o "0x$byte")" ;;
      *) printf '\\\\x%s' "$byte" ;;
    esac
  done
}

auth_conf() {
  cat << END
${authConfWith('"$(quoted)"').trimEnd()}
END
}
`;
