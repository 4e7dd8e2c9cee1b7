import type { windowRedisTexts as english } from '../en/windowRedis.ts';

/** The texts of `en/windowRedis.ts` in Portuguese. */
export const windowRedisTexts = {
  'window.redis.title': 'Como o Redis deve correr',
  'window.redis.lead':
    'Os valores propostos servem para sessões de utilizadores em três servidores: pode continuar já. Cada campo diz o que o seu valor significa.',
  'window.redis.lead.windows':
    'Os servidores Windows precisam de um arquivo com o Redis, que é trazido por si. Em tudo o resto, os valores propostos servem para sessões de utilizadores em três servidores.',
  'window.redis.primary': 'Continuar para Disposição',
  'window.redis.hold': 'Há campos que precisam de si primeiro; estão assinalados.',

  'window.redis.section.program': 'Programa e palavra-passe',
  'window.redis.section.memory': 'Memória e disco',
  'window.redis.section.loss': 'Quando um servidor se perde',
  'window.redis.section.clients': 'Quem se liga',
  'window.redis.more': 'Mais: nome, portas, pastas',
  'window.redis.more.summary': 'Cluster {{name}}, portas {{masterPort}} e {{replicaPort}}',

  'window.redis.version': 'Versão',
  'window.redis.version.help':
    'O programa que corre nos três servidores; o Triad leva-o consigo, por isso os servidores não precisam de internet. Importa quem corrige as falhas de segurança, até quando, e se a OutSystems o indica.',
  'window.redis.version.redis': 'Redis {{version}}',
  'window.redis.version.valkey': 'Valkey {{version}}',
  'window.redis.version.missing': '{{build}} (não vem neste pacote)',
  'window.redis.version.own': 'Um arquivo meu',
  'window.redis.version.unavailable': 'Este pacote não o traz. Escolha outra versão, ou um arquivo seu.',
  'window.redis.support.until': 'Correções de segurança por {{by}} até {{until}}.',
  'window.redis.support.ended': 'As correções de segurança por {{by}} terminaram em {{until}}.',
  'window.redis.support.distribution': 'Debian',
  'window.redis.support.redis': 'Redis',
  'window.redis.support.valkey': 'projeto Valkey',
  'window.redis.support.listed': 'A OutSystems indica-o para sessões desde o Platform Server {{since}}.',
  'window.redis.support.notListed': 'A OutSystems não o indica para sessões.',
  'window.redis.support.own': 'Quem o compilou cuida dele: o Triad verifica se está completo e serve para os servidores, e nada mais.',

  'window.redis.archive': 'Arquivo',
  'window.redis.archive.help':
    'Um tar.gz com redis-server e redis-cli, ou valkey-server e valkey-cli, para Linux de 64 bits em x86. O Triad instala exatamente estes programas.',
  'window.redis.archive.choose': 'Escolher um arquivo',
  'window.redis.archive.other': 'Escolher outro',
  'window.redis.archive.none': 'Ainda sem arquivo',
  'window.redis.archive.missing': 'Escolha um arquivo',
  'window.redis.archive.engine': 'O que contém',
  'window.redis.archive.engine.help': 'Redis ou Valkey: os programas têm nomes diferentes. Ambos servem os mesmos clientes.',
  'window.redis.archive.version': 'A versão',
  'window.redis.archive.version.help': 'A versão dos programas no arquivo, três números. O Triad compara-a com o que eles dizem de si.',
  'window.redis.archive.sha256': 'SHA-256 do ficheiro escolhido',
  'window.redis.archive.published': 'SHA-256 publicado por quem o fez',
  'window.redis.archive.published.help':
    'Cole-o de uma página em que confia. Se forem iguais, ninguém alterou o ficheiro no caminho até si.',
  'window.redis.archive.same': 'Igual: é o ficheiro publicado.',
  'window.redis.archive.different': 'Diferente: não instale este ficheiro.',

  'window.redis.section.windows': 'Redis nos servidores Windows',
  'window.redis.windowsArchive': 'Arquivo para servidores Windows',
  'window.redis.windowsArchive.help':
    'O zip de uma release de redis-windows para msys2, tal como o descarregou, ou como experiência um zip da pasta do programa do Memurai com o seu ficheiro de licença: o Triad não traz o Redis para Windows. É lido neste computador e nada dele corre aqui.',
  'window.redis.windowsArchive.choose': 'Escolher o zip',
  'window.redis.windowsArchive.without': 'Passar sem ele',
  'window.redis.windowsArchive.reading': 'A ser lido',
  'window.redis.windowsArchive.found': '{{redis}}, {{size}}. Vão {{count}} ficheiros para cada servidor Windows.',
  'window.redis.windowsArchive.published': 'SHA-256 na página da release',
  'window.redis.windowsArchive.published.help':
    'Cole o hash que está para este ficheiro em {{page}}. Se for o mesmo, ninguém alterou o ficheiro no caminho até si.',
  'window.redis.windowsArchive.published.own': 'SHA-256 anotado onde o zip foi feito',
  'window.redis.windowsArchive.published.ownHelp':
    'Ninguém publica o hash de um zip feito por si. Se o anotou quando o fez, cole-o aqui: então ninguém alterou o ficheiro desde essa altura. O pacote NuGet do {{name}} tem o seu hash na própria página.',
  'window.redis.windowsArchive.memurai': 'Antes o Memurai, como experiência: como fazer o seu zip',
  'window.redis.windowsArchive.experimental.yes': 'Usar o {{name}} como experiência',
  'window.redis.windowsArchive.experimental.needed': 'Assinale isto para continuar com o {{name}}, ou escolha o zip de redis-windows.',
  'window.redis.windowsArchive.typed': 'Usá-lo só pela minha palavra',
  'window.redis.windowsArchive.typed.help':
    'Os primeiros {{count}} caracteres do SHA-256 acima, escritos por si. Então mais ninguém responde pelos programas que vão guardar todas as sessões.',
  'window.redis.windowsArchive.otherVersion':
    'Contém o Redis {{version}}, e os servidores Linux recebem {{wanted}}. Os seis nodes precisam da mesma versão.',
  'window.redis.windowsArchive.origin': 'O que é, e sob que licenças',

  'window.redis.password': 'Palavra-passe',
  'window.redis.password.help': 'Os clientes e os seis nodes identificam-se com ela. Quem a conhecer lê e altera todas as sessões.',
  'window.redis.password.generated': 'Criada pelo Triad',
  'window.redis.password.own': 'A minha',
  'window.redis.password.value': 'A palavra-passe do cluster',
  'window.redis.password.hidden': 'escondida',
  'window.redis.password.making': 'A ser criada',
  'window.redis.password.onServers': 'Desconhecida neste computador. A próxima execução lê-a dos servidores.',
  'window.redis.password.show': 'Mostrar',
  'window.redis.password.hide': 'Esconder',
  'window.redis.password.copy': 'Copiar',
  'window.redis.password.copied': 'Copiada',
  'window.redis.password.new': 'Outra',
  'window.redis.password.made': 'Foi criada outra palavra-passe.',
  'window.redis.password.stays':
    'Um cluster com este nome foi instalado a partir deste computador com esta palavra-passe, por isso ela mantém-se. Dê uma palavra-passe sua, ou outro nome ao cluster.',
  'window.redis.password.generated.note': '256 bits ao acaso em letras, dígitos, - e _: serve em qualquer connection string.',
  'window.redis.password.kept.available': 'Guardada no porta-chaves deste computador.',
  'window.redis.password.kept.memoryOnly':
    'Este computador não tem porta-chaves: fica guardada até fechar o Triad, e com o cluster depois de instalado.',
  'window.redis.password.ownField': 'Palavra-passe própria',
  'window.redis.password.ownField.help':
    'Qualquer texto até 4096 caracteres numa só linha. O Redis responde às tentativas tão depressa como a rede as traz e não bloqueia ninguém; escolha-a longa.',
  'window.redis.password.missing': 'Escreva uma palavra-passe, ou deixe o Triad criá-la',
  'window.redis.password.stored': 'Guardada. Escreva para a substituir.',
  'window.redis.strength.unusable': 'Não pode ser usada',
  'window.redis.strength.weak': 'Fraca',
  'window.redis.strength.fair': 'Razoável',
  'window.redis.strength.strong': 'Forte',
  'window.redis.flaw.control': 'Contém uma mudança de linha ou outro carácter de controlo, que nenhuma configuração suporta.',
  'window.redis.flaw.short': 'Tem menos de 16 caracteres.',
  'window.redis.flaw.repeats': 'Repete-se.',
  'window.redis.flaw.sequence': 'Segue o alfabeto, os dígitos ou o teclado.',
  'window.redis.flaw.common': 'Contém uma palavra que está em todas as listas de palavras-passe.',
  'window.redis.flaw.ownWords': 'Contém um nome deste cluster, dos servidores ou dos utilizadores.',
  'window.redis.flaw.fewKinds': 'É feita só de letras, ou só de dígitos.',
  'window.redis.flaw.blankEnds': 'Começa ou acaba com um espaço, que se perde facilmente ao copiar.',
  'window.redis.flaw.comma': 'Contém uma vírgula, que termina a palavra-passe nas connection strings de StackExchange.Redis e OutSystems.',
  'window.redis.flaw.notAscii': 'Contém caracteres fora de ASCII, que alguns programas enviam noutra codificação.',

  'window.redis.memory': 'Memória para dados, por processo',
  'window.redis.memory.help':
    'O máximo que cada um dos dois processos de cada servidor pode guardar, como 512mb ou 2gb. Acima disso o Redis recusa escritas em vez de perder sessões em silêncio.',
  'window.redis.memory.need': 'Dois processos em cada servidor: até {{full}} de dados, e {{saving}} enquanto gravam ou copiam.',
  'window.redis.memory.unknown': 'A memória dos servidores ainda não é conhecida; o passo Servidores descobre-a.',
  'window.redis.memory.enough': '{{servers}}: {{memory}}, chega',
  'window.redis.memory.tight': '{{servers}}: {{memory}}, chega para os dados mas não enquanto gravam; caberiam {{most}}',
  'window.redis.memory.tooLittle': '{{servers}}: {{memory}}, é pouco; caberiam {{most}}',
  'window.redis.persistence': 'No disco',
  'window.redis.persistence.help':
    'Se as sessões sobrevivem quando um processo ou servidor reinicia. Entretanto a replica noutro servidor protege-as; o disco protege-as quando os três ficam sem energia.',
  'window.redis.persistence.aof': 'Cada escrita (append-only file)',
  'window.redis.persistence.rdb': 'Snapshots (RDB)',
  'window.redis.persistence.none': 'Nada',
  'window.redis.persistence.aof.note':
    'Depois de um corte de energia em todos os servidores falta no máximo cerca de um segundo de escritas.',
  'window.redis.persistence.rdb.note':
    'Depois de um corte de energia em todos os servidores faltam até cinco minutos de escritas (um minuto com muita carga). Menos trabalho para os discos.',
  'window.redis.persistence.none.note':
    'Depois de um corte de energia em todos os servidores perdem-se todas as sessões e toda a gente entra de novo. A perda de um servidor continua a ser suportada.',

  'window.redis.timeout': 'Node timeout',
  'window.redis.timeout.help':
    'Quanto tempo um node pode estar calado antes de os outros suspeitarem dele, em milissegundos. Curto dá um failover rápido, longo dá paciência com pausas de uma máquina virtual.',
  'window.redis.timeout.unit': 'ms',
  'window.redis.timeout.predicted': 'Um servidor perdido é substituído ao fim de cerca de {{range}}.',
  'window.redis.timeout.meanwhile': 'Até lá, um terço das chaves não pode ser lido nem escrito; os outros dois terços continuam.',
  'window.redis.timeout.trade':
    'Mais curto acaba mais cedo com a interrupção. Mas um servidor vivo, que só pára ou fica isolado durante mais tempo do que isto, também é substituído: os clientes esperam e as últimas escritas podem perder-se. Recomendam-se 5000 ms: quando se mediu, pausas até 4 s não substituíram nenhum master.',
  'window.redis.timeout.short':
    'Pausas desta duração são comuns em máquinas virtuais (snapshots, mudanças de anfitrião): seriam tomadas por uma perda.',
  'window.redis.timeout.long': 'Poucos clientes esperam tanto: muitos dariam erro antes de o failover acabar.',
  'window.redis.timeout.scale': 'Tempo de failover esperado',

  'window.redis.clients': 'Redes dos clientes',
  'window.redis.clients.help':
    'De onde se ligam os seus servidores de aplicações, como 10.0.8.0/24 ou um só endereço. As regras de firewall deixam estas redes chegar às portas de dados, e mais ninguém.',
  'window.redis.clients.add': 'Juntar',
  'window.redis.clients.remove': 'Retirar {{network}}',
  'window.redis.clients.list': 'Redes',
  'window.redis.clients.none':
    'Ainda nenhuma: onde houver uma firewall ativa, só os três servidores chegam ao Redis, e as suas aplicações não.',
  'window.redis.clients.bus': 'Chegam às portas de dados {{ports}}; o cluster bus fica entre os servidores.',
  'window.redis.clients.everybody': '{{network}} é toda a gente que consegue chegar aos servidores.',
  'window.redis.clients.twice': '{{network}} já lá está',
  'window.redis.ownService': 'O Memurai como serviço por si, sem o programa do Triad',
  'window.redis.ownService.help':
    'Só para o Memurai, em servidores cuja política bloqueia programas não assinados: tudo se faz com programas do próprio Windows. De um ensaio de failover, só a troca planeada e o corte de energia são então possíveis.',
  'window.redis.ownService.on': 'O próprio Windows inicia o Memurai, e reinicia-o depois de uma falha.',
  'window.redis.ownService.wrong': 'O programa deste arquivo não é um serviço por si: desligue isto, ou escolha o Memurai.',
  'window.redis.ownService.off': 'O programa do próprio Triad corre o Redis como serviço, e cuida dele.',
  'window.redis.defender': 'Excluir as pastas do Triad do Microsoft Defender',
  'window.redis.defender.help':
    'Nos servidores Windows, as pastas dos nodes e dos seus programas são excluídas das análises, e a remoção desfaz isso. Enquanto o Defender tem um ficheiro aberto, o Redis não o pode substituir: uma gravação falha.',
  'window.redis.defender.on':
    'Vê cada pasta e cada comando em Revisão antes de ser excluída. Onde uma política decidir outra coisa, o relatório diz isso, e nada falha.',
  'window.redis.defender.off': 'Nada é excluído: uma verificação indica as pastas, e o comando para quem o puder executar.',

  'window.redis.firewall': 'O Triad junta as regras de firewall',
  'window.redis.firewall.help':
    'Onde ufw, firewalld, nftables, iptables ou a Firewall do Windows estiver ativa num servidor, o Triad junta as regras de que o cluster precisa, mantém-nas depois de reiniciar e retira-as na remoção. Nunca liga nem desliga uma firewall.',
  'window.redis.firewall.on': 'Vê cada regra em Revisão antes de ser acrescentada.',
  'window.redis.firewall.off':
    'O Triad só verifica: o que estiver fechado tem de ser aberto por si ou pela equipa de rede, com regras que o Triad escreve para si.',

  'window.redis.name': 'Nome do cluster',
  'window.redis.name.help':
    'Dá nome aos serviços, às pastas e ao cluster nos relatórios, como triad-sessions-7000. Não pode ser mudado depois da instalação.',
  'window.redis.masterPort': 'Porta do primeiro processo',
  'window.redis.masterPort.help': 'Onde o master previsto de cada servidor aceita clientes. É a mesma nos três servidores.',
  'window.redis.replicaPort': 'Porta do segundo processo',
  'window.redis.replicaPort.help':
    'Onde a replica prevista de cada servidor aceita clientes; depois de um failover é o master. É a mesma nos três servidores.',
  'window.redis.bus': 'Cluster bus: {{port}}, sempre mais 10000',
  'window.redis.folder.install': 'Pasta para programas',
  'window.redis.folder.install.help':
    'O Triad põe programas e configuração abaixo dela e não toca em mais nada. É criada onde não existir.',
  'window.redis.folder.data': 'Pasta para dados',
  'window.redis.folder.data.help':
    'Onde ficam os append-only files e os snapshots. Escolha um disco com espaço para várias vezes a memória.',
  'window.redis.folder.logs': 'Pasta para logs',
  'window.redis.folder.windows': 'Pasta em servidores Windows',
  'window.redis.folder.windows.help':
    'Os programas, as definições, os dados e os logs ficam abaixo dela, cada nó na sua própria pasta. Escolha um disco interno com NTFS ou ReFS e espaço para várias vezes a memória, e sem espaços no caminho.',
  'window.redis.folder.logs.help': 'Onde os dois processos escrevem o que acontece. Os logs são rodados, para não encherem o disco.',
} as const satisfies Record<keyof typeof english, string>;
