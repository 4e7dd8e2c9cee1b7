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
  'windowsArchive.refused.memurai': 'tem partes do Memurai, e o próprio memurai.exe não está entre elas',
  'windowsArchive.refused.memuraiVersion':
    'é o Memurai, e o memurai.exe não diz de que Redis (encontrado: {{found}}). Dê ao zip o nome daquilo que `INFO` diz como redis_version, como Memurai-redis-7.4.9.zip, ou indique-o em redis.version',
  'windowsArchive.refused.licenceName':
    'o seu ficheiro de licença "{{name}}" tem no nome um carácter que não vai para os servidores, como um espaço. Mude-lhe o nome para letras, algarismos, pontos, hífenes e sublinhados, como memurai.lic, e faça o zip outra vez',
  'windowsArchive.refused.valkey': 'é o Valkey, de que nenhuma compilação para Windows foi experimentada com o Triad',
  'windowsArchive.refused.cygwin':
    'os seus programas são para Cygwin, cujo serviço foi visto a parar por si onde a compilação msys2 da mesma release não parou',
  'windowsArchive.refused.msOpenTech':
    'é a versão de MSOpenTech e tporadowski, que acabou no Redis 5.0.14: desde 2022 ninguém lhe corrige falhas de segurança',
  'windowsArchive.refused.zkteco': 'é a compilação de zkteco-home, de que só quem a fez pode ver o código-fonte',
  'windowsArchive.refused.noServer': 'não há nele um redis-server.exe',
  'windowsArchive.refused.manyServers': 'há nele mais do que um {{name}}, e não cabe ao Triad adivinhar qual é o certo',
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
  'windowsArchive.name.redis': 'Redis {{version}}',
  'windowsArchive.name.memurai': 'Memurai {{product}} (compatível com o Redis {{version}})',
  'windowsArchive.experimental':
    'Experimental: o Triad nunca foi experimentado com o verdadeiro {{name}}, só com um substituto no seu lugar. Use-o onde nada dependa dele.',
  'windowsArchive.memurai.howTo':
    'Em qualquer máquina Windows, `msiexec /a Memurai.msi /qn TARGETDIR=C:\\unpacked` só o descomprime e nada instala; a pasta do programa de um Memurai instalado (em geral `C:\\Program Files\\Memurai`) e o seu pacote NuGet (MemuraiDeveloper.nupkg, tal como está, não para produção) também servem. Ponha o seu ficheiro de licença ao lado de memurai.exe e depois, no Explorador do Windows: botão direito na pasta, Enviar para, Pasta comprimida (zipada). Outros programas podem escrever o que o Triad recusa.',
  'windowsArchive.memurai.origin':
    'Pela disposição dos ficheiros é o Memurai {{product}}, um programa comercial da Janea Systems para Windows, que segundo ele próprio é compatível com o Redis {{version}}; conta o que um node em execução diz de si.',
  'windowsArchive.memurai.licence':
    'A sua licença é comercial. Desde a 4.2 só arranca com um ficheiro de licença, que define até quando, quantas instâncias (este cluster precisa de seis, duas em cada servidor), quanta memória e quantos clientes. O ficheiro que o acompanha é para desenvolvimento; a edição Developer não é para produção e para ao fim de dez dias. Ao instalar, aceita a licença. O Triad não traz nenhum Memurai; um pacote de configuração com programas leva o seu, com o ficheiro de licença.',
  'windowsArchive.memurai.licenceFiles': 'Levados como ficheiros de licença: {{files}}.',
  'windowsArchive.memurai.noLicenceFile':
    'Não há nenhum ficheiro de licença ao lado de memurai.exe: desde a 4.2 não arranca sem um. Ponha lá o seu antes de fazer o zip.',
  'windowsArchive.memurai.limits':
    'Os limites das compilações msys2 (3000 clientes, uma cópia de toda a memória a cada gravação) não são definidos nem verificados. Quanta memória ocupa enquanto grava não se sabe aqui: deixe espaço para o dobro dos dados.',
  'windowsArchive.serviceLeftOut':
    '{{name}} fica de fora: para o Redis sem a palavra-passe e na porta errada, e continua "em execução" quando o Redis já morreu. O Triad corre o Redis com um programa de serviço próprio.',
  'windowsArchive.trust.listed': 'O SHA-256 está na lista de releases que o Triad traz.',
  'windowsArchive.trust.published': 'O SHA-256 é o que indicou.',
  'windowsArchive.trust.typed': 'Usado só pela sua palavra: mais ninguém responde por este ficheiro.',
  'windowsArchive.trust.nobody': 'Ainda ninguém responde por este ficheiro.',
  'windowsArchive.trust.different': 'Este ficheiro não é aquele cujo SHA-256 indicou. Não o instale.',
  'windowsArchive.trust.mistyped': 'O SHA-256 do ficheiro não começa assim.',
  'cli.about.redisWindows': 'ver um arquivo com o Redis para servidores Windows, que é o administrador a trazer',
  'cli.about.redisWindowsInspect': 'mostrar o que há no arquivo, e se pode ser usado; nada altera',
  'cli.option.releaseHash': 'SHA-256 do ficheiro tal como está na página da release',
  'cli.option.useAnyway': 'os primeiros 8 caracteres do SHA-256: usá-lo embora ninguém responda por ele',
  'cli.option.redisVersion': 'versão que tem de conter',
  'cli.windowsArchive.memurai': 'Um zip do Memurai, como experiência: {{howTo}}',
  'cli.windowsArchive.title': '{{name}}: {{redis}} para servidores Windows (x64), {{size}}',
  'cli.windowsArchive.programs': 'Vai para todos os servidores Windows',
  'cli.windowsArchive.leftOut': 'Fica de fora',
  'cli.windowsArchive.before': 'Antes de o usar',
  'cli.windowsArchive.trust': 'Quem responde por ele',
  'cli.windowsArchive.compare': 'Compare o SHA-256 com o que está em {{page}}, e execute isto de novo com --sha256 e o que lá estiver.',
  'cli.windowsArchive.compareOwn':
    'Ninguém publica o hash de um zip feito por si: execute isto de novo com --sha256 e o que anotou quando o fez, ou com --use-anyway e os seus primeiros 8 caracteres.',
  'cli.windowsArchive.ask': 'Para o usar sem isso, só pela sua palavra, escreva os primeiros {{count}} caracteres do SHA-256:',
  'cli.windowsArchive.specification': 'Para a especificação',
  'cli.windowsArchive.experimental': 'Com a linha `experimental` diz que sim a isso. Sem ela nada se instala.',
  'cli.windowsArchive.notUsable': 'Ainda não é para usar.',
  'cli.usage.releaseHash': '--sha256: são precisos 64 algarismos hexadecimais',
  'cli.usage.redisVersion': '--redis-version: são precisos três números, como 8.2.1',
} as const satisfies Record<keyof typeof english, string>;
