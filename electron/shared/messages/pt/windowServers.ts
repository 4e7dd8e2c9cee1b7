import type { windowServersTexts as english } from '../en/windowServers.ts';

/** The texts of `en/windowServers.ts` in Portuguese. */
export const windowServersTexts = {
  'window.servers.title': 'Três servidores',
  'window.servers.lead': 'O Triad entra em cada um por SSH e observa. Nada é alterado antes de ver e confirmar todas as alterações.',
  'window.servers.primary': 'Continuar para Redis',
  'window.servers.primary.why': 'Testa primeiro {{servers}}',
  'window.servers.anyway': 'Continuar mesmo assim',
  'window.servers.sameLogin': 'Mesmo acesso nos três',
  'window.servers.sameLogin.help':
    'O utilizador, a palavra-passe ou chave e o sudo do primeiro servidor servem para os três. Desligue se os servidores tiverem contas diferentes.',
  'window.servers.testAll': 'Testar os três',
  'window.servers.test': 'Testar ligação',
  'window.servers.testAgain': 'Testar de novo',
  'window.servers.testOf': '{{action}}: {{server}}',
  'window.servers.server': 'Servidor {{number}}',

  'window.windows.title': 'Redis em Windows',
  'window.windows.help':
    'O Triad funciona em Windows Server 2019, 2022 e 2025 com o servidor OpenSSH do Windows, e o arquivo com o Redis é trazido por si. Nem a Redis nem a OutSystems suportam o Redis em Windows, por isso ninguém além de si responde por ele: recomenda-se Linux.',
  'window.windows.all': 'Nenhum Redis para Windows é suportado pela Redis ou pela OutSystems. Recomendam-se servidores Linux.',
  'window.windows.mixed':
    'Com Windows: {{servers}}; os outros com Linux. Nenhum Redis para Windows é suportado pela Redis ou pela OutSystems, e ninguém testa um cluster em ambos: use três servidores do mesmo tipo, de preferência Linux.',

  'window.servers.paste': 'Colar endereços',
  'window.servers.paste.label': 'Três endereços',
  'window.servers.paste.hint':
    'Separados por vírgulas, espaços ou linhas. Também se aceita utilizador@endereço:porta, [IPv6]:porta e linhas de um ficheiro hosts.',
  'window.servers.paste.apply': 'Preencher',
  'window.servers.paste.cancel': 'Cancelar',
  'window.servers.paste.understood': 'Reconhecidos: {{servers}}',
  'window.servers.paste.nothing': 'Ainda não há nenhum endereço.',
  'window.servers.paste.unread': 'Não reconhecido: {{words}}',
  'window.servers.paste.tooMany': 'Há {{count}} endereços; usam-se os três primeiros.',
  'window.servers.paste.filledOne': 'Foi preenchido um servidor.',
  'window.servers.paste.filled': 'Foram preenchidos {{count}} servidores.',

  'window.servers.address': 'Endereço',
  'window.servers.address.help':
    'O endereço IP pelo qual os outros dois servidores chegam a este. O Redis anuncia endereços e não nomes, e um nome que muda parte o cluster.',
  'window.servers.name': 'Nome',
  'window.servers.name.help': 'Como o Triad chama a este servidor em todos os ecrãs e no relatório. Não altera nada no servidor.',
  'window.servers.user': 'Utilizador',
  'window.servers.user.help':
    'A conta com que o Triad entra; em Windows pode escrever-se DOMÍNIO\\utilizador. É root, pode tornar-se root por sudo, ou em Windows é administrador: os serviços, as pastas e as regras da firewall precisam disso.',
  'window.servers.login': 'Acesso',
  'window.servers.login.help':
    'Como o Triad prova ao servidor quem é. As palavras-passe ficam no porta-chaves deste computador, se o houver; se não, só até fechar o Triad.',
  'window.servers.login.password': 'Palavra-passe',
  'window.servers.login.key': 'Chave',
  'window.servers.login.agent': 'Agente SSH',
  'window.servers.password': 'Palavra-passe de {{user}}',
  'window.servers.password.noUser': 'Palavra-passe',
  'window.servers.password.help':
    'A palavra-passe da conta no servidor. É tentada uma só vez em cada teste, para que um engano não bloqueie a conta.',
  'window.servers.key': 'Chave privada',
  'window.servers.key.help':
    'A metade privada de uma chave cuja metade pública o servidor conhece (~/.ssh/authorized_keys, ou para um administrador de Windows C:\\ProgramData\\ssh\\administrators_authorized_keys). O ficheiro fica onde está e é lido em cada ligação.',
  'window.servers.key.choose': 'Escolher um ficheiro de chave',
  'window.servers.key.other': 'Escolher outro',
  'window.servers.key.none': 'Ainda sem chave',
  'window.servers.key.missing': 'Escolha uma chave privada',
  'window.servers.key.protected': '{{type}}, protegida por frase-passe',
  'window.servers.key.open': '{{type}}, sem frase-passe',
  'window.servers.key.protectedOnly': 'protegida por frase-passe',
  'window.servers.key.openOnly': 'sem frase-passe',
  'window.servers.passphrase': 'Frase-passe da chave',
  'window.servers.passphrase.help': 'Abre a chave privada. Nunca sai deste computador: o servidor só vê que a chave pôde ser usada.',
  'window.servers.agent': 'As chaves vêm do agente SSH deste computador (SSH_AUTH_SOCK, Pageant ou o serviço do Windows).',
  'window.servers.sudo': 'O sudo pede',
  'window.servers.sudo.help':
    'O que o servidor quer saber antes de {{user}} se tornar root. O Triad entrega-o na entrada do sudo, nunca numa linha de comando.',
  'window.servers.sudo.helpNoUser':
    'O que o servidor quer saber antes de o utilizador se tornar root. O Triad entrega-o na entrada do sudo, nunca numa linha de comando.',
  'window.servers.sudo.none': 'Nenhuma palavra-passe',
  'window.servers.sudo.sameAsLogin': 'A palavra-passe do acesso',
  'window.servers.sudo.own': 'Uma palavra-passe própria',
  'window.servers.sudo.root': 'O root não precisa de sudo.',
  'window.servers.sudo.windows': 'Em Windows a conta tem de ser de administrador; nada mais é pedido.',
  'window.servers.sudoPassword': 'Palavra-passe para o sudo',
  'window.servers.sudoPassword.help': 'A palavra-passe que o sudo pede. É tentada uma só vez em cada teste.',
  'window.servers.secret.missing': 'Necessária para entrar',
  'window.servers.port': 'Porta SSH',
  'window.servers.port.help': 'A porta em que o servidor aceita SSH, em regra a 22. Não tem nada a ver com as portas do Redis.',
  'window.servers.sshHost': 'O SSH chega-lhe por outro endereço',
  'window.servers.sshHost.help':
    'Um endereço ou nome que este computador usa para SSH, se for diferente do que os servidores usam entre si. Deixe vazio quando são iguais.',
  'window.servers.sshHost.placeholder': 'o mesmo',
  'window.servers.hostKey': 'Chave esperada do servidor',
  'window.servers.hostKey.help':
    'A impressão digital que a especificação exige a este servidor. Esvazie o campo para comparar e aceitar a chave do servidor por si.',
  'window.servers.moreOf': 'Mais sobre {{server}}',

  'window.servers.clash.name': 'Já é o nome do servidor {{number}}; cada servidor precisa do seu',
  'window.servers.clash.address': 'Já é o endereço do servidor {{number}}; são precisas três máquinas diferentes',
  'window.servers.clash.ssh': 'O SSH já chega ao servidor {{number}} por aí; são precisas três máquinas diferentes',

  'window.servers.state.idle': 'Ainda não testado',
  'window.servers.state.running': 'Em teste',
  'window.servers.state.stale': 'Não testado desde a alteração',
  'window.servers.state.reached': 'Ligação e acesso conseguidos',
  'window.servers.state.keyUnknown': 'A chave ainda não é conhecida',
  'window.servers.state.keyChanged': 'A chave mudou',
  'window.servers.state.failed': 'O teste falhou',
  'window.servers.idle.hint': 'Um teste mostra aqui o sistema, a memória, o disco e a firewall.',
  'window.servers.connecting': 'A ligar a {{endpoint}}',
  'window.servers.proof': 'Acesso a {{endpoint}} a partir deste computador às {{time}}, com a chave comparada, e observação do servidor.',
  'window.servers.result': 'O que o teste encontrou em {{server}}',
  'window.servers.fact.os': 'Sistema',
  'window.servers.fact.hostName': 'Nome da máquina',
  'window.servers.fact.cpus': 'Processadores',
  'window.servers.fact.memory': 'Memória',
  'window.servers.fact.disk': 'Disco livre',
  'window.servers.fact.disk.at': '{{size}} em {{path}}',
  'window.servers.fact.firewall': 'Firewall',
  'window.servers.fact.firewall.none': 'nenhuma ativa',
  'window.servers.fact.firewall.active': '{{kind}}, ativa',
  'window.servers.fact.privilege': 'Torna-se root',
  'window.servers.fact.privilege.windows': 'Direitos',
  'window.servers.fact.privilege.root': 'é root',
  'window.servers.fact.privilege.sudo': 'por sudo, sem palavra-passe',
  'window.servers.fact.privilege.sudoWithPassword': 'por sudo com palavra-passe',
  'window.servers.fact.privilege.administrator': 'administrador',
  'window.servers.fact.hostKey': 'Chave do servidor',
  'window.servers.fact.hostKey.known': '{{type}}, a conhecida',
  'window.servers.fact.hostKey.accepted': '{{type}}, aceite por si',
  'window.servers.fact.unknown': 'não foi possível ler',
  'window.servers.architecture':
    'O processador é {{architecture}}. Os programas que o Triad traz são para x86_64; este servidor precisa de um arquivo seu no passo seguinte.',

  'window.servers.key.unknown.title': 'Este é o {{server}}?',
  'window.servers.key.unknown.lead':
    'Apresenta uma chave que ainda ninguém aceitou. Compare-a uma vez: mais tarde, um estranho no seu lugar seria notado.',
  'window.servers.key.type': 'Tipo',
  'window.servers.key.fingerprint': 'Impressão digital',
  'window.servers.key.readAloud': 'Para ler em voz alta',
  'window.servers.key.how': 'Na consola do próprio servidor, ou onde confie na ligação, isto mostra a impressão digital:',
  'window.servers.key.copyCommand': 'Copiar o comando',
  'window.servers.key.compare': 'Ou cole aqui o que foi mostrado',
  'window.servers.key.compare.same': 'Igual: esta é a chave do servidor.',
  'window.servers.key.compare.different': 'Diferente: não a aceite. O que responde ali não é o servidor a que perguntou.',
  'window.servers.key.compare.none': 'Não contém uma impressão digital SHA-256; nada foi comparado.',
  'window.servers.key.accept': 'Aceitar esta chave',
  'window.servers.key.changed.title': '{{server}} apresenta uma chave diferente da anterior',
  'window.servers.key.changed.lead':
    'O Triad parou antes de enviar uma palavra-passe. Ou o servidor foi reinstalado ou recebeu uma chave nova, ou alguém está no caminho a ler tudo.',
  'window.servers.key.changed.known': 'Conhecida até agora',
  'window.servers.key.changed.offered': 'Apresentada agora',
  'window.servers.key.changed.todo':
    'Pergunte a quem cuida de {{server}} se a chave foi mudada e compare a nova na consola. Só avance se ambas as coisas coincidirem.',
  'window.servers.key.forget': 'Foi reinstalado: esquecer a chave antiga',
  'window.servers.key.forget.title': 'Esquecer a chave conhecida de {{server}}?',
  'window.servers.key.forget.lead':
    'O servidor é então testado de novo e a chave nova é mostrada para a comparar. A antiga, {{fingerprint}}, deixa de ser aceite.',
  'window.servers.key.forget.confirm': 'Esquecer a chave antiga de {{server}}',
  'window.servers.key.forget.cancel': 'Manter',

  'window.servers.machine.sameMachine':
    '{{server}} é a mesma máquina que {{first}}: uma instalação com dois endereços. Um master e a sua replica perder-se-iam juntos; corrija um dos endereços.',
  'window.servers.machine.perhaps':
    '{{server}} apresenta a mesma chave que {{first}}. É provável que sejam uma só máquina com dois endereços; verifique ambos.',
  'window.servers.machine.sharedKey':
    '{{server}} tem a mesma chave que {{first}}, como acontece com cópias de uma imagem. Um poderia passar pelo outro: crie chaves novas num deles (ssh-keygen -A depois de remover os ficheiros ssh_host_* em /etc/ssh, em Windows em C:\\ProgramData\\ssh).',

  'window.servers.hold.fields': 'Há campos que precisam de si primeiro; estão assinalados.',
  'window.servers.hold.keyUnknown': 'Compare e aceite primeiro a chave de {{servers}}.',
  'window.servers.hold.keyChanged': 'A chave de {{servers}} mudou. Isto tem de ser esclarecido primeiro.',
  'window.servers.hold.sameMachine': 'São precisas três máquinas diferentes.',
  'window.servers.hold.failed':
    'Não foi possível testar {{servers}}. Pode avançar e preencher o resto: nada é alterado em lado nenhum, e os servidores são testados de novo antes de qualquer instalação.',
  'window.servers.hold.machines': 'Veja acima o aviso sobre as máquinas e avance se for como pretende.',
  'window.servers.tested': '{{server}}: {{state}}',

  // What to do in the window, where the command line would say otherwise.
  'window.remedy.ssh.unreachable':
    'Verifique o endereço, se o servidor está ligado, e se o encaminhamento e as firewalls deixam este computador chegar a {{endpoint}}.',
  'window.remedy.ssh.refused': 'Inicie o sshd no servidor, ou corrija a porta SSH (em Mais).',
  'window.remedy.ssh.nameNotFound': 'Corrija o endereço que o SSH usa (em Mais), ou use o endereço IP.',
  'window.remedy.ssh.notSsh': 'Verifique a porta SSH (em Mais) e a versão do sshd no servidor.',
  'window.remedy.ssh.hostKeyUnknown': 'Compare a chave no passo Servidores e aceite-a aí.',
  'window.remedy.ssh.hostKeyChanged':
    'Pode haver alguém no caminho, ou o servidor foi instalado de novo. Descubra qual dos dois antes de avançar; o passo Servidores mostra ambas as chaves.',
  'window.remedy.ssh.keyUnreadable':
    'Escolha de novo o ficheiro da chave no passo Servidores. Tem de ser uma chave privada OpenSSH ou PEM.',
  'window.remedy.ssh.passphraseMissing': 'Escreva a frase-passe no passo Servidores, ou use um agente SSH.',
  'window.remedy.ssh.passphraseWrong': 'Escreva a frase-passe certa no passo Servidores.',
  'window.remedy.ssh.agentUnavailable':
    'Inicie um agente e junte a chave com ssh-add, depois inicie o Triad de novo; ou escolha o próprio ficheiro da chave.',
  'window.remedy.ssh.connectionLost': 'Verifique o servidor e a rede e tente de novo.',
  'window.remedy.sudo.passwordNeeded': 'Indique no passo Servidores o que o sudo pede, ou permita a {{user}} usar sudo sem palavra-passe.',
  'window.remedy.sudo.passwordRejected':
    'Escreva de novo a palavra-passe para o sudo. Foi tentada uma só vez, por isso nenhuma conta foi bloqueada.',
  'window.remedy.secret.missing': 'Escreva-a no passo Servidores.',
} as const satisfies Record<keyof typeof english, string>;
