import type { nodeCheckTexts as english } from '../en/checkNode.ts';

/** The texts of `en/checkNode.ts` in Portuguese. */
export const nodeCheckTexts = {
  'check.node.unobserved.expected': 'O node responde',
  'check.node.unobserved.observed': 'Por apurar: o node não respondeu',
  'check.node.unobserved.remedy': 'Reponha o node: `systemctl status {{unit}}` em {{server}}.',

  'check.node.answers.title': 'Responde',
  'check.node.answers.expected': 'O node responde, com o suporte de cluster ligado e os dados carregados',
  'check.node.answers.observed': 'Responde',
  'check.node.answers.silent': 'Sem resposta',
  'check.node.answers.silentBecause': 'Sem resposta: {{reason}}',
  'check.node.answers.notFromHere': 'Sem resposta a este computador: {{reason}}. Os outros nodes comunicam com ele.',
  'check.node.answers.notFromHere.remedy':
    'Permita que este computador chegue à porta {{port}} de {{server}}, ou valide sem --redis-only: o Triad passa então por SSH.',
  'check.node.answers.remedy': 'Veja a razão em {{server}}: `systemctl status {{unit}}` e `journalctl -u {{unit}}`.',
  'check.node.answers.noCluster': 'Responde, mas corre sem suporte de cluster',
  'check.node.answers.noCluster.remedy':
    'Execute `triad install` e depois `systemctl restart {{unit}}`: é uma definição que só se lê no arranque.',
  'check.node.answers.loading': 'Ainda está a carregar os dados',
  'check.node.answers.loading.remedy': 'Espere que os carregue e execute `triad validate` de novo.',

  'check.node.version.title': 'Versão',
  'check.node.version.expected': '{{engine}} {{version}}',
  'check.node.version.observed': '{{version}}',
  'check.node.version.unknown': 'O node não diz a sua versão',
  'check.node.version.remedy':
    'Execute `triad install` e depois `systemctl restart {{unit}}` numa hora calma: as replicas primeiro, um node de cada vez, com `triad validate` pelo meio.',

  'check.node.settings.title': 'Definições',
  'check.node.settings.expected': 'O processo em execução tem as definições planeadas',
  'check.node.settings.observed': '{{count}} definições como planeado',
  'check.node.settings.different': 'Diferentes do plano: {{settings}}',
  'check.node.settings.remedy': 'Execute `triad install`: aplica-as com o node a funcionar.',
  'check.node.settings.restart.remedy':
    'Execute `triad install` e depois `systemctl restart {{unit}}` em {{server}} numa hora calma: as replicas primeiro, um node de cada vez, com `triad validate` pelo meio.',
  'check.node.settings.unread': 'Não foi possível ler as definições',
  'check.node.settings.refused': 'O Redis não revela as suas definições: {{reason}}',
  'check.node.settings.refused.remedy':
    'Permita que o utilizador com que o Triad entra execute CONFIG GET com esse nome, ou compare o ficheiro de configuração à mão.',
  'check.node.settings.someUnread': 'Não foi possível ler: {{settings}}',

  'check.node.password.title': 'Palavra-passe',
  'check.node.password.expected': 'requirepass e masterauth estão definidos, são iguais, e os mesmos em todos os nodes',
  'check.node.password.observed': 'Definida, e igual',
  'check.node.password.open': 'requirepass não está definido: quem chegar à porta pode ler e escrever',
  'check.node.password.noneOffered': 'masterauth não está definido: como replica, o node não pode copiar do seu master',
  'check.node.password.different': 'masterauth é diferente de requirepass: depois de um failover, as replicas não podem copiar',
  'check.node.password.another': 'Diferente da palavra-passe dos outros nodes',
  'check.node.password.remedy': 'Execute `triad install` com a palavra-passe certa e depois `systemctl restart {{unit}}` em {{server}}.',
  'check.node.password.refused': 'O Redis não revela se há uma definida: {{reason}}',
  'check.node.password.unread': 'Não foi possível ler se há uma palavra-passe definida',

  'check.node.persistence.title': 'Dados no disco',
  'check.node.persistence.expected': 'A última gravação no disco teve êxito (persistência: {{persistence}})',
  'check.node.persistence.observed': 'Teve êxito',
  'check.node.persistence.none': 'Nada é guardado no disco, como planeado',
  'check.node.persistence.saveFailed': 'O último snapshot falhou: o node recusa escritas',
  'check.node.persistence.aofFailed': 'A última gravação no append-only file falhou: o node recusa escritas',
  'check.node.persistence.aofOff': 'O append-only file está desligado: o node voltaria vazio, e a sua replica a seguir',
  'check.node.persistence.remedy':
    'Procure a razão em {{log}}; na maioria das vezes o disco está cheio (`df -h {{folder}}`) ou o kernel não permite o overcommit de memória.',

  'check.node.usedMemory.title': 'Memória em uso',
  'check.node.usedMemory.expected': 'Menos de {{percent}} % de {{limit}}',
  'check.node.usedMemory.observed': '{{used}}, {{percent}} % ({{keys}} chaves)',
  'check.node.usedMemory.unknown': 'Não foi possível ler a memória em uso',
  'check.node.usedMemory.remedy':
    'Um node cheio recusa escritas. Aumente redis.maxMemory na especificação e execute `triad install`, ou faça as chaves expirar mais cedo.',

  'check.node.connections.title': 'Ligações',
  'check.node.connections.expected': 'Menos de {{percent}} % das que são admitidas',
  'check.node.connections.observed': '{{connected}} de {{limit}}',
  'check.node.connections.unknown': 'Não se sabe quantas são admitidas',
  'check.node.connections.unknown.remedy': 'Pergunte ao próprio node: `INFO clients` e `CONFIG GET maxclients`.',
  'check.node.connections.remedy':
    'Acima de maxclients, os novos clientes são recusados. Procure clientes que não fecham as ligações (`CLIENT LIST`) ou aumente maxclients.',

  'check.node.replication.title': 'Replicação',
  'check.node.replication.expected.replica': 'Ligada ao seu master, com a primeira cópia feita e em dia',
  'check.node.replication.expected.master': 'Uma replica segue este master',
  'check.node.replication.inSync': 'Segue {{master}}, {{lagBytes}} bytes atrás',
  'check.node.replication.followed': 'Seguido por {{replicas}}',
  'check.node.replication.unknown': 'O node ainda não diz o que é',
  'check.node.replication.noSlots': 'Não serve slots, por isso não precisa de nenhuma',
  'check.node.replication.alone': 'Nenhuma replica o segue: a perda deste node perde os seus slots',
  'check.node.replication.alone.remedy':
    'Veja os resultados das replicas. Se todas funcionam mas replicam outro master, execute `triad restore-roles`.',
  'check.node.replication.remedy': 'Procure a razão em {{log}} em {{server}}: palavra-passe errada, porta fechada ou disco cheio.',
  'check.node.replication.lagging.remedy': 'Execute `triad validate` de novo. Se não recuperar o atraso, veja a rede e o disco da replica.',

  'check.node.uptime.title': 'Mantém-se a funcionar',
  'check.node.uptime.expected': 'O systemd não tem de o arrancar repetidamente',
  'check.node.uptime.observed': 'A funcionar há {{seconds}} s',
  'check.node.uptime.young': 'A funcionar há apenas {{seconds}} s: é cedo para dizer',
  'check.node.uptime.restarting': 'A funcionar há apenas {{seconds}} s; reinícios pelo systemd: {{restarts}}',
  'check.node.uptime.remedy': 'Veja porque termina, em {{server}}: `journalctl -u {{unit}}` e {{log}}.',
  'check.node.uptime.unknown': 'Não foi possível ler há quanto tempo arrancou',

  'check.node.logErrors.title': 'Log',
  'check.node.logErrors.expected': '{{log}} não fala de problemas desde o último arranque',
  'check.node.logErrors.expectedSince': '{{log}} não fala de problemas desde a última validação a partir deste computador ({{at}})',
  'check.node.logErrors.noFile.expected': 'O seu log não fala de problemas',
  'check.node.logErrors.noFile': 'Não escreve num ficheiro de log; o seu serviço talvez (`journalctl`)',
  'check.node.logErrors.none': 'De nenhum',
  'check.node.logErrors.absent': 'Não existe: nada foi registado desde que o anterior foi posto de lado',
  'check.node.logErrors.one': 'Uma linha fala: {{line}}',
  'check.node.logErrors.some': '{{count}} linhas falam, a última: {{line}}',
  'check.node.logErrors.remedy':
    'Leia {{log}} em {{server}} por volta dessa hora. A próxima validação a partir deste computador só fala do que vier depois desta.',
  'check.node.logErrors.unread': 'Não foi possível ler {{log}}',
  'check.node.logErrors.notYet': 'Ainda não instalado',

  'check.node.service.title': 'Serviço',
  'check.node.service.expected': '{{unit}} está a funcionar e começa no arranque',
  'check.node.service.observed': '{{state}}, enabled',
  'check.node.service.absent': 'Não existe esse serviço',
  'check.node.service.absent.remedy': 'Execute `triad install`.',
  'check.node.service.notActive': 'Não está a funcionar: {{state}}',
  'check.node.service.notActive.remedy':
    'Veja a razão em {{server}}: `journalctl -u {{unit}}`. Depois `systemctl start {{unit}}`, ou execute `triad install`.',
  'check.node.service.notEnabled': 'Está a funcionar, mas não começa no arranque',
  'check.node.service.notEnabled.remedy': '`systemctl enable {{unit}}` em {{server}}, ou execute `triad install`.',
  'check.node.service.needsReload': 'O seu ficheiro de unidade foi alterado depois de o systemd o ler',
  'check.node.service.needsReload.remedy': '`systemctl daemon-reload` em {{server}}.',
  'check.node.service.unnamed.expected': 'Um serviço executa o node e inicia-o no arranque',
  'check.node.service.unnamed':
    'É executado por {{unit}}. Se começa no arranque só se vê quando a especificação o indicar: adopted.nodes, unit: {{unit}}',
  'check.node.service.noUnit': 'O processo {{pid}} não pertence a nenhum serviço: nada o inicia no arranque',
  'check.node.service.noUnit.remedy': 'Dê-lhe em {{server}} um serviço próprio, que comece no arranque.',
  'check.node.service.noHolder': 'Não se sabe o que ocupa a porta {{port}}',
  'check.node.service.unread': '{{unit}} não foi observado',

  'check.server.asInBundle.title': 'Como no pacote',
  'check.server.asInBundle.expected': 'Chave do servidor, máquina, sistema, endereços, programas e ficheiros são os do pacote',
  'check.server.asInBundle.same': 'São',
  'check.server.asInBundle.different': 'Diferenças: {{count}}: {{parts}}',
  'check.server.asInBundle.remedy':
    'Veja as diferenças. Se forem desejadas, exporte o pacote de novo; senão, reponha o servidor com `triad install`.',
  'check.server.asInBundle.unseen': 'O servidor não foi visto',
  'check.cluster.asInBundle.title': 'Nodes do pacote',
  'check.cluster.asInBundle.expected': 'Os seis nodes têm os ids e a versão que o pacote guarda',
  'check.cluster.asInBundle.same': 'Têm',
  'check.cluster.asInBundle.different': 'Não têm',
  'check.cluster.asInBundle.remedy':
    'Um node com outro id foi criado de novo. Se foi desejado, exporte o pacote de novo; senão, procure o que perdeu.',
  'check.cluster.asInBundle.unseen': 'Nenhum node respondeu',

  'check.server.drift.title': 'Como instalado',
  'check.server.drift.expected': 'Ficheiros, pastas, programas e serviços estão como planeado',
  'check.server.drift.none': 'Nada é diferente',
  'check.server.drift.some': 'Diferenças: {{count}}: {{changes}}',
  'check.server.drift.remedy': 'Veja `triad plan`, que mostra cada diferença. `triad install` repõe o que está no plano.',
  'check.server.drift.unknown': 'Não foi comparado com o plano',
} as const satisfies Record<keyof typeof english, string>;
