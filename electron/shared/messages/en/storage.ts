/** What the storage room says of files on the admin's machine, for `{{reason}}` of a failure. */
export const storageTexts = {
  'storage.secret.empty': 'the file is empty',
  'storage.secret.manyLines': 'the file holds more than one line',
} as const;
