import type { windowsArchiveTexts as english } from '../en/windowsArchive.ts';

/** The texts of `en/windowsArchive.ts` in Portuguese. */
export const windowsArchiveTexts = {
  'windowsArchive.kind.gzip': 'um gzip (tar.gz)',
  'windowsArchive.kind.7z': 'um arquivo 7z',
  'windowsArchive.kind.rar': 'um arquivo RAR',
  'windowsArchive.kind.program': 'um programa',
  'windowsArchive.kind.other': 'outra coisa',
  'windowsArchive.noProgram': 'nenhum programa de Windows',
  'windowsArchive.zip.noEnd': 'falta-lhe o fim',
  'windowsArchive.zip.layout': 'as suas partes não estão como as escreve quem faz as releases',
  'windowsArchive.zip.tooMany': '{{count}} partes, mais do que {{limit}}',
  'windowsArchive.zip.special': 'uma ligação, um volume ou um dispositivo',
  'windowsArchive.zip.path': 'um nome que poderia levar para fora de uma pasta',
  'windowsArchive.zip.twice': 'o mesmo nome duas vezes',
  'windowsArchive.zip.encrypted': 'está cifrado',
  'windowsArchive.zip.method': 'comprimido de um modo que nenhuma release usa',
  'windowsArchive.zip.tooLarge': 'mais do que {{limit}}',
  'windowsArchive.zip.ratio': 'ocupa, descomprimido, muito mais do que devia',
  'windowsArchive.zip.unpack': 'o conteúdo não é o que foi comprimido',
  'windowsArchive.refused.garnet':
    'é o Garnet, que não promove nenhuma replica por si quando um master se perde, pelo que o teste de failover não pode passar',
  'windowsArchive.refused.memurai': 'é o Memurai sem o seu instalador e sem o ficheiro de licença',
  'windowsArchive.refused.valkey': 'é o Valkey, de que nenhuma compilação para Windows foi experimentada com o Triad',
  'windowsArchive.refused.cygwin':
    'os seus programas são para Cygwin, cujo serviço foi visto a parar por si onde a compilação msys2 da mesma release não parou',
  'windowsArchive.refused.msOpenTech':
    'é a versão de MSOpenTech e tporadowski, que acabou no Redis 5.0.14: desde 2022 ninguém lhe corrige falhas de segurança',
  'windowsArchive.refused.zkteco': 'é a compilação de zkteco-home, de que só quem a fez pode ver o código-fonte',
  'windowsArchive.refused.noServer': 'não há nele um redis-server.exe',
  'windowsArchive.refused.manyServers': 'há nele mais do que um redis-server.exe, e não cabe ao Triad adivinhar qual é o certo',
  'windowsArchive.refused.folder': 'os seus ficheiros não estão numa só pasta, como numa release',
  'windowsArchive.refused.otherBuild': 'o seu redis-server.exe não usa msys-2.0.dll: é uma compilação diferente da de redis-windows',
  'windowsArchive.refused.noVersion': 'nem o ficheiro nem a pasta nele indicam uma versão publicada, como {{example}}',
  'windowsArchive.refused.twoVersions': 'a pasta nele é da versão {{inside}}, e o ficheiro chama-se {{outside}}',
  'windowsArchive.refused.otherVersionInside': 'o nome diz versão {{version}}, e o redis-server.exe não',
  'windowsArchive.origin':
    'Pela disposição dos ficheiros é uma compilação de redis-windows para msys2: feita automaticamente do código-fonte do Redis, experimentada lá com uma escrita e uma leitura, sem assinatura, e recomendada por quem a faz só para desenvolvimento.',
  'windowsArchive.support': 'Nenhum Redis para Windows tem suporte da Redis ou da OutSystems. Recomendam-se servidores Linux.',
  'windowsArchive.licence':
    'Licença do Redis {{version}}: {{licence}}. Ao instalar, aceita-a; o Triad não distribui nenhum Redis para Windows.',
  'windowsArchive.libraries':
    'As bibliotecas ao lado têm licenças próprias: LGPL para o runtime msys2, Apache para o OpenSSL, GPL com a exceção do runtime para as do compilador.',
  'windowsArchive.serviceLeftOut':
    '{{name}} fica de fora: para o Redis sem a palavra-passe e na porta errada, e continua "em execução" quando o Redis já morreu. O Triad corre o Redis com um programa de serviço próprio.',
  'windowsArchive.trust.listed': 'O SHA-256 está na lista de releases que o Triad traz.',
  'windowsArchive.trust.published': 'O SHA-256 é o que copiou da página da release.',
  'windowsArchive.trust.typed': 'Usado só pela sua palavra: mais ninguém responde por este ficheiro.',
  'windowsArchive.trust.nobody': 'Ainda ninguém responde por este ficheiro.',
  'windowsArchive.trust.different': 'Este ficheiro não é aquele cujo SHA-256 indicou. Não o instale.',
  'windowsArchive.trust.mistyped': 'O SHA-256 do ficheiro não começa assim.',
} as const satisfies Record<keyof typeof english, string>;
