import type { storageTexts as english } from '../en/storage.ts';

/** The texts of `en/storage.ts` in Portuguese. */
export const storageTexts = {
  'storage.secret.empty': 'o ficheiro está vazio',
  'storage.secret.manyLines': 'o ficheiro tem mais do que uma linha',
  'bundle.note.dynamic': '{{name}} do seu arquivo não é estático: precisa de {{interpreter}} e das suas bibliotecas em todos os servidores',
  'bundle.note.versionNotFound':
    '{{name}} do seu arquivo não contém o texto {{version}}: pode ser uma versão diferente da indicada na especificação',
  'storage.zip.wholeFile': 'o ficheiro no seu todo',
  'storage.zip.noEnd': 'não é um pacote, ou falta-lhe o fim',
  'storage.zip.layout': 'as suas partes não estão como o Triad as escreve',
  'storage.zip.tooMany': '{{count}} partes, mais do que {{limit}}',
  'storage.zip.special': 'uma ligação, uma pasta ou um dispositivo',
  'storage.zip.path': 'um nome que poderia levar para fora de uma pasta',
  'storage.zip.twice': 'o mesmo nome duas vezes',
  'storage.zip.encrypted': 'está cifrado',
  'storage.zip.method': 'comprimido de um modo que o Triad nunca usa',
  'storage.zip.tooLarge': 'mais do que {{limit}}',
  'storage.zip.ratio': 'ocupa, descomprimido, muito mais do que devia',
  'storage.zip.unpack': 'o conteúdo não é o que foi comprimido',
  'storage.bundle.noFile': 'não é um ficheiro comum',
  'storage.bundle.notABundle': 'falta, portanto isto não é um pacote',
  'storage.bundle.noSuchVersion': 'não há versão {{version}} de pacotes',
  'storage.bundle.missing': 'falta',
  'storage.bundle.listedTwice': 'o manifesto indica-o duas vezes',
  'storage.bundle.extra': 'o manifesto não o conhece',
  'storage.bundle.hash': 'o tamanho ou o SHA-256 não são os que o manifesto indica',
  'storage.bundle.otherCluster': 'fala de outro cluster do que o resto',
  'storage.bundle.content': 'não diz o que devia ({{reason}})',
} as const satisfies Record<keyof typeof english, string>;
