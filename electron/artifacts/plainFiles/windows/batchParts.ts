/** Lines as cmd wants them: with others it may not find a label. */
export function batchText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A line, after which everything ends where it has failed. Not by `||`: Wine's cmd, which tries these files, takes that for a failure whatever the line says. */
export function orEnd(command: string): readonly string[] {
  return [command, 'if not "%ERRORLEVEL%"=="0" exit /b 1'];
}

/** The same of a part of the file itself. */
export function call(words: string): readonly string[] {
  return orEnd(`call :${words}`);
}

/** What a batch file is refused for; the words hold no sign that cmd reads in its own way. */
export function refuse(words: string): string {
  return `call :refuse "${words}"`;
}

/** Signs of a password that mean only themselves to cmd, to Redis and in Triad's own file. */
const PASSWORD_SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+/=:,@-';

/**
 * How every exported batch file begins: surroundings in which no value is expanded twice, the word that tells where the password is, and the folder of the export
 * as the current one, so that its own name is in no later line: it may hold blanks, brackets and whatever else Windows allows.
 */
export function batchHead(about: readonly string[]): readonly string[] {
  return [
    '@echo off',
    ...about.map((line) => `rem ${line}`),
    'setlocal EnableExtensions DisableDelayedExpansion',
    'set "PASSWORD_FILE=%~1"',
    'if defined PASSWORD_FILE if not "%~2"=="" set "PASSWORD_FILE="',
    'if not defined PASSWORD_FILE goto usage',
    'if not "%PASSWORD_FILE%"=="-" set "PASSWORD_FILE=%~f1"',
    'cd /d "%~dp0"',
    `if not "%ERRORLEVEL%"=="0" ${refuse('this folder cannot be entered: copy it to a drive of this machine.')}`,
    'if not "%ERRORLEVEL%"=="0" exit /b 1',
    'set "PATH=%SystemRoot%\\System32"',
  ];
}

/** Runs the part `:main`, and takes away by these lines what it has made for itself, however it ended. */
export function runMain(cleanUp: readonly string[]): readonly string[] {
  return [
    'call :main',
    'set "CODE=%ERRORLEVEL%"',
    ...cleanUp,
    'exit /b %CODE%',
    '',
    ':usage',
    '>&2 echo usage: %~nx0 PASSWORD-FILE    the password is its first line; - is the standard input',
    'exit /b 1',
    '',
    ':refuse',
    '>&2 echo Refused: %~1',
    'exit /b 1',
  ];
}

/**
 * The part `:password` reads it into `TRIAD_SECRET`: never from an argument, which everybody on the machine can read. It is expanded in no line before every sign of
 * it is known to mean only itself; one with other signs is refused.
 */
export const READ_PASSWORD: readonly string[] = [
  ':password',
  'set "TRIAD_SECRET="',
  'if "%PASSWORD_FILE%"=="-" goto password_from_input',
  `if not exist "%PASSWORD_FILE%" ${refuse('the password file cannot be read.')}`,
  'if not exist "%PASSWORD_FILE%" exit /b 1',
  'set /p "TRIAD_SECRET=" <"%PASSWORD_FILE%"',
  'goto password_is_read',
  ':password_from_input',
  'set /p "TRIAD_SECRET="',
  ':password_is_read',
  'set "OTHER_SIGNS="',
  `if not defined TRIAD_SECRET ${refuse('there is no password: its file or the standard input is empty.')}`,
  'if not defined TRIAD_SECRET exit /b 1',
  '>"%WORK%\\secret" set TRIAD_SECRET',
  `for /f "usebackq eol=- delims=${PASSWORD_SIGNS}" %%s in ("%WORK%\\secret") do set "OTHER_SIGNS=%%s"`,
  'del "%WORK%\\secret"',
  `if defined OTHER_SIGNS ${refuse('batch files take passwords of letters, digits and _.+/=:,@- only; Triad itself takes any.')}`,
  'if defined OTHER_SIGNS exit /b 1',
  // The command that writes it without the end of a line takes no text that begins so.
  `if "%TRIAD_SECRET:~0,1%"=="=" ${refuse('batch files take no password that begins with an equals sign; Triad itself takes any.')}`,
  'if "%TRIAD_SECRET:~0,1%"=="=" exit /b 1',
  'exit /b 0',
];
