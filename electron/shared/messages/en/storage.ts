/** What the storage room says of files on the admin's machine: `{{reason}}` of a failure, and what is odd about an archive of programs. */
export const storageTexts = {
  'storage.secret.empty': 'the file is empty',
  'storage.secret.manyLines': 'the file holds more than one line',
  'bundle.note.dynamic': '{{name}} of your archive is not static: it needs {{interpreter}} and its libraries on every server',
  'bundle.note.versionNotFound':
    '{{name}} of your archive does not contain the text {{version}}: it may be another version than the specification says',
} as const;
