import { z } from 'zod';

/** Where everything of Triad lies on a Windows server unless the specification says otherwise. */
export const DEFAULT_WINDOWS_FOLDER = 'C:\\Triad';

/** Names that Windows keeps for devices, in any folder and with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$/iu;

/** Whether Windows keeps a name for a device: no folder or file can be called so. */
export function isDeviceName(name: string): boolean {
  return DEVICE.test(name);
}

/** Folders of Windows, and folders that everybody uses, at the top of a drive. */
const SYSTEM =
  /^[A-Z]:\\(?:windows|system volume information|recovery|boot|perflogs|program files|programdata\\(?:microsoft|ssh))(?:\\|$)/iu;
const TOO_HIGH = /^[A-Z]:\\(?:programdata|users|users\\[^\\]+|inetpub|temp)$/iu;
/** Windows ends most paths at 260 characters; what Triad and Redis put below takes up to 130 of them. */
const LONGEST = 80;

/**
 * The folder of Triad on a Windows server: a drive, and at least one name below it; without spaces, since the programs in it are started by commands that
 * mean the same to cmd and to PowerShell. Slashes are read as backslashes, and the drive becomes a capital letter.
 */
export const WindowsFolder = z
  .string()
  .transform((path) => path.replaceAll('/', '\\').replace(/^[a-z]:/u, (drive) => drive.toUpperCase()))
  .pipe(
    z
      .string()
      .max(LONGEST, 'spec.windowsFolderForm')
      .regex(/^[A-Z]:(?:\\[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?)+$/u, 'spec.windowsFolderForm')
      .refine((path) => !path.split('\\').some(isDeviceName), 'spec.windowsDeviceName')
      .refine((path) => !SYSTEM.test(path), 'spec.windowsFolderSystem')
      .refine((path) => !TOO_HIGH.test(path), 'spec.folderTooHigh'),
  );
