import type { storageTexts as english } from '../en/storage.ts';

/** The texts of `en/storage.ts` in Portuguese. */
export const storageTexts = {
  'storage.secret.empty': 'o ficheiro está vazio',
  'storage.secret.manyLines': 'o ficheiro tem mais do que uma linha',
  'bundle.note.dynamic': '{{name}} do seu arquivo não é estático: precisa de {{interpreter}} e das suas bibliotecas em todos os servidores',
  'bundle.note.versionNotFound':
    '{{name}} do seu arquivo não contém o texto {{version}}: pode ser uma versão diferente da indicada na especificação',
} as const satisfies Record<keyof typeof english, string>;
