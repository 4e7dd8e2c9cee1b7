import type { serverCheckTexts as english } from '../en/checkServer.ts';

/** The texts of `en/checkServer.ts` in Portuguese. */
export const serverCheckTexts = {
  'check.disk.observed': '{{free}} livres em {{mountPoint}} ({{fileSystem}})',
  'check.disk.free.remedy':
    'Liberte espaço em {{mountPoint}} até haver {{needed}} livres, aumente-o, ou escolha outra pasta na especificação (paths).',
  'check.disk.readOnly': '{{mountPoint}} está montado só para leitura',
  'check.disk.readOnly.remedy':
    'Descubra a razão (`dmesg | grep -i remount`; um disco danificado é montado assim) e depois `mount -o remount,rw {{mountPoint}}`, ou escolha outra pasta.',
  'check.disk.unknown': 'Não foi possível ler o sistema de ficheiros de {{folder}}',

  'check.kernel.observed': '{{setting}} é {{found}}',
  'check.kernel.willBeSet': '{{setting}} é {{found}}; a instalação muda para {{wanted}}',
  'check.kernel.willBeSet.remedy': 'Nada a fazer: `triad install` define o valor e mantém-no após um reinício.',
  'check.kernel.refused': '{{setting}} é {{found}}, e aqui o kernel não deixa que seja {{wanted}}',
  'check.kernel.refused.remedy':
    'Isto é um contentor ou uma máquina restringida. Defina {{setting}} com {{wanted}} na máquina que o aloja.',
  'check.kernel.notAsPlanned': '{{setting}} é {{found}} em vez de {{wanted}}: o kernel recusou-o aqui, ou algo o repôs',
  'check.kernel.notAsPlanned.remedy':
    'Execute `triad install` de novo. Se não durar, procure um perfil do tuned ou outro ficheiro em /etc/sysctl.d que o defina; num contentor, defina {{setting}} com {{wanted}} na máquina que o aloja.',
  'check.kernel.unknown': 'Não foi possível ler {{setting}}',

  'check.server.reached.title': 'Acessível por SSH',
  'check.server.reached.expected': 'Este computador chega ao servidor por SSH',
  'check.server.reached.observed': '{{user}} entrou em {{hostName}}',

  'check.server.hostKey.title': 'Chave SSH do servidor',
  'check.server.hostKey.expected': 'A chave é a que conhece',
  'check.server.hostKey.pinned': '{{type}} {{fingerprint}}, como diz a especificação',
  'check.server.hostKey.known': '{{type}} {{fingerprint}}, a mesma de antes',
  'check.server.hostKey.accepted': '{{type}} {{fingerprint}}, aceite nesta execução sem comparação',
  'check.server.hostKey.unknown': '{{type}} {{fingerprint}}; não se sabe como passou a ser de confiança',
  'check.server.hostKey.remedy':
    'Compare-a com `ssh-keygen -lf {{file}}` no próprio servidor e depois indique-a na especificação em ssh.hostKey.',

  'check.server.privilege.title': 'Direitos totais',
  'check.server.privilege.expected': 'Os comandos podem correr como root',
  'check.server.privilege.root': '{{user}} é root',
  'check.server.privilege.sudo': '{{user}} passa a root com sudo, sem palavra-passe',
  'check.server.privilege.sudoWithPassword': '{{user}} passa a root com sudo e uma palavra-passe',
  'check.server.privilege.administrator': '{{user}} é administrador com todos os direitos',

  'check.server.forwarding.title': 'Encaminhamento SSH',
  'check.server.forwarding.expected': 'O sshd encaminha as ligações de {{user}} para os nodes: é por elas que o Redis é administrado',
  'check.server.forwarding.observed': 'O sshd encaminha para as portas de dados',
  'check.server.forwarding.refused': 'O sshd não encaminha para {{endpoint}}: {{reason}}',
  'check.server.forwarding.unknown': 'Não testado',

  'check.server.ownMachine.title': 'Uma máquina só sua',
  'check.server.ownMachine.expected': 'Cada servidor é uma máquina diferente',
  'check.server.ownMachine.observed': '{{hostName}}, machine-id {{machineId}}',
  'check.server.ownMachine.sameHardware': 'O mesmo hardware que {{others}}: dois endereços levam à mesma máquina',
  'check.server.ownMachine.sameHardware.remedy':
    'Corrija os endereços na especificação: são precisas três máquinas diferentes, ou um master e a sua replica perdem-se ao mesmo tempo.',
  'check.server.ownMachine.sameInstallation': 'O mesmo machine-id que {{others}}: uma só máquina, ou o clone de uma instalação',
  'check.server.ownMachine.sameInstallation.remedy':
    'Se for a mesma máquina, corrija os endereços na especificação. Se for um clone, dê-lhe uma identificação própria: `rm /etc/machine-id && systemd-machine-id-setup && reboot`.',
  'check.server.ownMachine.unknown': 'O servidor não tem machine-id',

  'check.server.operatingSystem.title': 'Sistema operativo',
  'check.server.operatingSystem.expected': 'Debian, Ubuntu, RHEL, Rocky, Alma ou SUSE Linux Enterprise',
  'check.server.operatingSystem.known': '{{name}}, kernel {{kernel}}',
  'check.server.operatingSystem.other': '{{name}}, kernel {{kernel}}: o Triad não foi experimentado aqui',
  'check.server.operatingSystem.other.remedy':
    'Pode continuar: o que é preciso é verificado ponto por ponto. Leia `triad plan` com atenção, e comprove o resultado com o teste de failover.',
  'check.server.operatingSystem.expectedWindows': 'Windows Server 2019, 2022 ou 2025',
  'check.server.operatingSystem.windows': '{{name}} ({{build}})',
  'check.server.operatingSystem.windowsOld.remedy':
    'Use o Windows Server 2019 ou posterior, ou melhor, Linux: as versões mais antigas não têm um servidor SSH que seja mantido.',
  'check.server.operatingSystem.windowsClient.remedy':
    'Funciona da mesma forma, mas um Windows que não é Server reinicia para as atualizações quando quer. Use um servidor.',
  'check.server.operatingSystem.unknown': 'O servidor não diz que sistema tem (/etc/os-release)',

  'check.server.architecture.title': 'Arquitetura do processador',
  'check.server.architecture.expected': 'Corre programas para {{platform}}',
  'check.server.architecture.observed': '{{architecture}}',
  'check.server.architecture.remedy':
    'Use servidores com a arquitetura certa, ou indique em redis.archive, na especificação, uma compilação para {{architecture}}.',
  'check.server.architecture.unknown': 'O servidor não diz o que é (`uname -m`)',

  'check.server.systemd.title': 'systemd',
  'check.server.systemd.expected': 'Os serviços correm com systemd {{least}} ou posterior',
  'check.server.systemd.observed': 'systemd {{version}}',
  'check.server.systemd.absent': 'Este servidor não funciona com systemd',
  'check.server.systemd.absent.remedy': 'Use um servidor que arranque com systemd: o Triad instala o Redis como serviços seus.',
  'check.server.systemd.remedy':
    'Atualize o sistema operativo para um com systemd {{least}} ou posterior (RHEL 8, Debian 10, Ubuntu 20.04, SLES 15 SP3).',
  'check.server.systemd.unknown': 'Não foi possível ler a versão do systemd',

  'check.server.experimentalRedis.title': 'Redis experimental',
  'check.server.experimentalRedis.expected': 'Um Redis para Windows com que o Triad foi experimentado',
  'check.server.experimentalRedis.observed':
    '{{name}}, uma experiência a que alguém disse que sim: o Triad nunca foi experimentado com o verdadeiro',
  'check.server.experimentalRedis.remedy':
    'Que nada dependa dele. Cuide da sua licença: define até quando, quanta memória, quantos clientes e quantas instâncias; uma edição para programadores para ao fim de alguns dias. O Triad é feito para o zip de redis-windows e para servidores Linux.',
  'check.server.windows.title': 'Redis em Windows',
  'check.server.windows.expected': 'Linux nos três servidores',
  'check.server.windows.all': 'Os três servidores têm Windows. Nenhum Redis para Windows é suportado pela Redis ou pela OutSystems',
  'check.server.windows.all.remedy':
    'Recomendam-se servidores Linux. Se tiver de ser Windows: mantenha os dados pequenos, teste o failover sob carga antes de alguém depender dele, e saiba que ninguém além de si responde por ele.',
  'check.server.windows.mixed':
    'Estes têm Windows e os outros Linux: {{servers}}. Nenhum Redis para Windows é suportado pela Redis ou pela OutSystems, e ninguém testa um cluster em ambos',
  'check.server.windows.mixed.remedy':
    'Use três servidores do mesmo tipo, de preferência Linux. Ambos têm de ter a mesma versão do Redis; teste o failover de cada servidor sob carga antes de alguém depender dele.',
  'check.server.sameSystem.title': 'Mesmo sistema em todos os servidores',
  'check.server.sameSystem.expected': 'Os três servidores têm o mesmo sistema operativo na mesma versão',
  'check.server.sameSystem.observed': '{{system}} nos três',
  'check.server.sameSystem.different': '{{systems}}',
  'check.server.sameSystem.remedy': 'Funciona, mas o que se vê num servidor pode não valer noutro. Quando puder, ponha-os na mesma versão.',
  'check.server.sameSystem.unknown': 'Não se sabe de {{servers}}',

  'check.server.programs.title': 'Programas',
  'check.server.programs.expected': 'Existem {{programs}}',
  'check.server.programs.observed': 'Existem todos',
  'check.server.programs.absent': 'Em falta: {{programs}}',
  'check.server.programs.remedy': 'Instale {{programs}} com o gestor de pacotes do servidor.',
  'check.server.programs.unknown': 'Não procurados: {{programs}}',

  'check.server.cpu.title': 'CPU',
  'check.server.cpu.expected': '{{least}} CPU ou mais, um para cada node (3 a 4 em produção)',
  'check.server.cpu.observed': '{{count}}',
  'check.server.cpu.remedy': 'Dê ao servidor {{least}} CPU ou mais: com um só, um master ocupado atrasa a replica ao seu lado.',
  'check.server.cpu.unknown': 'Não foi possível ler o número de CPU',

  'check.server.memory.title': 'Memória',
  'check.server.memory.expected':
    '{{needed}} ou mais: dois nodes de {{maxMemory}}, a dobrar, porque uma gravação copia o que entretanto é escrito',
  'check.server.memory.observed': '{{total}}',
  'check.server.memory.remedy': 'Dê ao servidor {{needed}}, ou ponha redis.maxMemory na especificação em {{possible}} ou menos.',
  'check.server.memory.unknown': 'Não foi possível ler o tamanho da memória',

  'check.server.swap.title': 'Swap',
  'check.server.swap.expected': 'Swap, ou memória suficiente para não precisar dela',
  'check.server.swap.observed': '{{swap}}',
  'check.server.swap.notNeeded': 'Não há, nem é precisa: {{memory}} de memória chegam para os dois nodes e uma gravação',
  'check.server.swap.none': 'Não há, e {{memory}} de memória podem esgotar-se ({{needed}} chegariam): o kernel termina então o Redis',
  'check.server.swap.remedy':
    'Acrescente memória, ou swap: `fallocate -l {{size}} /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile`, e uma linha em /etc/fstab.',
  'check.server.swap.unknown': 'Não foi possível ler a swap e a memória',

  'check.server.installFolder.title': 'Pasta dos programas',
  'check.server.installFolder.expected': '{{folder}} aceita escrita, pode correr programas e tem {{needed}} livres',
  'check.server.installFolder.noexec': '{{mountPoint}} está montado com noexec: nenhum programa pode correr a partir dali',
  'check.server.installFolder.noexec.remedy':
    'Escolha outra pasta na especificação (paths.install), ou `mount -o remount,exec {{mountPoint}}`.',

  'check.server.dataFolder.title': 'Pasta dos dados',
  'check.server.dataFolder.expected': '{{folder}} está num disco deste servidor, com {{needed}} livres',
  'check.server.dataFolder.network':
    '{{mountPoint}} é um sistema de ficheiros de rede ({{fileSystem}}): quando bloqueia, o node deixa de responder',
  'check.server.dataFolder.network.remedy': 'Escolha na especificação uma pasta num disco local (paths.data).',
  'check.server.dataFolder.memory':
    '{{mountPoint}} está em memória ({{fileSystem}}): os dados desaparecem com um reinício, e um master que volta vazio esvazia a sua replica',
  'check.server.dataFolder.memory.remedy': 'Escolha na especificação uma pasta num disco (paths.data).',

  'check.server.logFolder.title': 'Pasta dos logs',
  'check.server.logFolder.expected': '{{folder}} aceita escrita e tem {{needed}} livres',

  'check.server.clock.title': 'Relógio',
  'check.server.clock.expected': 'A menos de 1 s dos outros servidores, e sincronizado',
  'check.server.clock.ahead': '{{seconds}} s adiantado em relação a {{other}}',
  'check.server.clock.behind': '{{seconds}} s atrasado em relação a {{other}}',
  'check.server.clock.notSynchronised': 'Não sincronizado; agora a {{seconds}} s de {{other}}',
  'check.server.clock.remedy': 'Ligue a sincronização da hora: `timedatectl set-ntp true` (ou chrony), e confirme com `timedatectl`.',
  'check.server.clock.unknown': 'Não foi possível compará-lo com precisão suficiente com os relógios dos outros servidores',

  'check.server.address.title': 'Endereço no cluster',
  'check.server.address.expected': '{{address}} está numa interface do servidor',
  'check.server.address.observed': '{{address}} em {{device}}',
  'check.server.address.absent': 'O servidor tem {{found}}, e não {{address}}',
  'check.server.address.remedy':
    'Corrija o endereço de {{server}} na especificação. Um endereço traduzido por um router (NAT) não serve: os nodes Redis dizem uns aos outros o endereço que têm.',
  'check.server.address.unknown': 'Não foi possível ler os endereços do servidor',

  'check.server.staticAddress.title': 'Endereço duradouro',
  'check.server.staticAddress.expected': '{{address}} mantém-se após um reinício',
  'check.server.staticAddress.observed': 'Definido em {{device}}, não atribuído por DHCP',
  'check.server.staticAddress.dynamic': 'Atribuído a {{device}} por DHCP: o cluster parte-se quando mudar',
  'check.server.staticAddress.remedy': 'Defina {{address}} como endereço estático, ou reserve-o para este servidor no servidor DHCP.',
  'check.server.staticAddress.absent': '{{address}} não está neste servidor',

  'check.server.ports.title': 'Portas',
  'check.server.ports.expected': '{{ports}} estão livres, ou ocupadas por este cluster',
  'check.server.ports.free': 'Todas livres',
  'check.server.ports.ours': '{{ports}} ocupadas por este cluster',
  'check.server.ports.taken': 'Ocupadas por outra coisa: {{holders}}',
  'check.server.ports.remedy':
    'Pare o que ocupa {{ports}} ou mude-o, ou escolha outras portas na especificação (redis.masterPort, redis.replicaPort).',

  'check.server.reservedPorts.title': 'Portas vedadas ao sistema',
  'check.server.reservedPorts.expected': 'O kernel não dá {{ports}} a ligações de saída',
  'check.server.reservedPorts.observed': 'As ligações de saída usam {{range}} sem elas',
  'check.server.reservedPorts.inside':
    '{{ports}} ficam em {{range}}, de onde se servem as ligações de saída: um node pode encontrar a sua porta ocupada ao arrancar',
  'check.server.reservedPorts.remedy':
    'Reserve-as: `sysctl -w net.ipv4.ip_local_reserved_ports={{list}}`, e a mesma linha num ficheiro em /etc/sysctl.d.',
  'check.server.reservedPorts.unknown': 'Não foi possível ler o intervalo de portas do kernel',

  'check.server.firewall.title': 'Firewall do servidor',
  'check.server.firewall.expected': 'Deixa os outros servidores chegar às quatro portas, e os clientes às portas de dados',
  'check.server.firewall.none': 'Não há',
  'check.server.firewall.inactive': '{{kind}} existe, mas não está ativa',
  'check.server.firewall.asPlanned': '{{kind}} está ativa com todas as {{count}} regras planeadas, agora e após um reinício',
  'check.server.firewall.willBeAdded': '{{kind}} está ativa; a instalação acrescenta: {{rules}}',
  'check.server.firewall.missing': '{{kind}} está ativa e faltam-lhe: {{rules}}',
  'check.server.firewall.missing.remedy': 'Execute `triad install`: acrescenta as regras e mantém-nas após um reinício.',
  'check.server.firewall.notKept': '{{kind}} tem as regras agora, mas não após um reinício: {{rules}}',
  'check.server.firewall.provedOpen': '{{kind}} está ativa e deixa passar os outros servidores, como mostra a matriz de conectividade',
  'check.server.firewall.active': '{{kind}} está ativa, e o Triad não a pode alterar (firewall.manage: false)',
  'check.server.firewall.remedy': 'Ponha firewall.manage: true, ou acrescente as regras por sua mão:\n{{rules}}',
  'check.server.firewall.policy':
    'Uma política de grupo faz ignorar as regras locais ({{profiles}}): o que o Triad acrescenta não tem efeito',
  'check.server.firewall.policy.remedy': 'Peça que estas regras entrem na política de grupo, ou que ela aceite regras locais:\n{{rules}}',
  'check.server.firewall.rulesUnknown': '{{kind}} está ativa; as regras planeadas não são conhecidas',

  'check.server.foreignRedis.title': 'Outros servidores Redis',
  'check.server.foreignRedis.expected': 'Nenhum Redis de outrem',
  'check.server.foreignRedis.none': 'Nenhum',
  'check.server.foreignRedis.onOurPorts': 'Ocupa as portas deste cluster: {{processes}}',
  'check.server.foreignRedis.onOurPorts.remedy':
    'O Triad não lhe toca. Pare-o ou mude-o para outras portas, ou escolha outras portas na especificação (redis.masterPort, redis.replicaPort).',
  'check.server.foreignRedis.elsewhere': 'Corre ao lado deste cluster: {{processes}}',
  'check.server.foreignRedis.elsewhere.remedy': 'Pode ficar. Assegure que a memória e os CPU chegam também para ele.',

  'check.server.ownFiles.title': 'Ficheiros no caminho',
  'check.server.ownFiles.expected': 'Não há nada de outrem onde a instalação escreve',
  'check.server.ownFiles.none': 'Nada',
  'check.server.ownFiles.ours': 'O que lá está é do Triad ({{manifest}})',
  'check.server.ownFiles.foreign': 'Existem, e não são do Triad: {{paths}}',
  'check.server.ownFiles.foreign.remedy':
    'Veja-os. A instalação substitui-os e guarda cada um ao lado como NAME.triad-before; `triad remove` repõe-nos.',
  'check.server.ownFiles.wrongKind': 'Um ficheiro onde tem de haver uma pasta, ou uma pasta onde há um ficheiro: {{paths}}',
  'check.server.ownFiles.wrongKind.remedy': 'Mude-os de sítio, ou escolha outras pastas na especificação (paths).',
  'check.server.ownFiles.otherOwner': 'Pastas de outra conta: {{paths}}',
  'check.server.ownFiles.otherOwner.remedy':
    'Escolha outro nome ou outras pastas (paths) na especificação. Se forem dados do cluster copiados de volta, dê-os a {{user}} com `chown -R`.',
  'check.server.ownFiles.foreignServices': 'Serviços com estes nomes, e que não são do Triad: {{services}}',
  'check.server.ownFiles.foreignServices.remedy':
    'O Triad não lhes toca. Remova-os ou mude-lhes o nome, ou escolha outro nome para o cluster, ou outras portas (redis.masterPort, redis.replicaPort).',
  'check.server.ownFiles.unknown': 'Os locais não foram observados',

  'check.server.ownPlace.title': 'Pastas deste cluster',
  'check.server.ownPlace.expected': '{{cluster}} está nas pastas da especificação, ou não está instalado',
  'check.server.ownPlace.none': 'Nada dele está noutro lado',
  'check.server.ownPlace.elsewhere': '{{cluster}} está instalado noutras pastas: {{paths}}',
  'check.server.ownPlace.elsewhere.remedy':
    'Reponha os caminhos da especificação como estavam. Para mudar o cluster de sítio, execute primeiro `triad remove` com os caminhos antigos e depois instale com os novos.',
  'check.server.ownPlace.unknown': 'Os locais não foram observados',

  'check.server.keptData.title': 'Dados existentes',
  'check.server.keptData.expected': 'Os dados de um node parado são do tipo que redis.persistence {{persistence}} lê',
  'check.server.keptData.none': 'Ainda não há dados',
  'check.server.keptData.read': 'Serão lidos',
  'check.server.keptData.unread': 'Um node com redis.persistence {{persistence}} arrancaria vazio ao lado dos seus dados: {{paths}}',
  'check.server.keptData.unread.remedy':
    'Para manter estes dados, ponha redis.persistence em {{was}} e instale; com os nodes a funcionar, ponha {{persistence}} e instale de novo: o Triad faz então a mudança sem perdas. Se não forem precisos, mude-os de sítio: {{paths}}',
  'check.server.keptData.unknown': 'As pastas de dados não foram observadas',

  'check.server.maskedUnits.title': 'Os serviços podem arrancar',
  'check.server.maskedUnits.expected': 'Nenhum serviço deste cluster está bloqueado (masked)',
  'check.server.maskedUnits.none': 'Sim: nenhum deles está bloqueado (masked)',
  'check.server.maskedUnits.masked': 'Bloqueados (masked): {{units}}',
  'check.server.maskedUnits.remedy': 'Alguém os proibiu de arrancar. Se já não se justificar: `systemctl unmask {{units}}`.',
  'check.server.maskedUnits.unknown': 'Os serviços não foram observados',

  'check.server.serviceUser.title': 'Utilizador do serviço',
  'check.server.serviceUser.expected': '{{user}} é uma conta sem direitos especiais',
  'check.server.serviceUser.observed': '{{user}} tem o uid {{uid}}',
  'check.server.serviceUser.willBeMade': 'A instalação cria {{user}}',
  'check.server.serviceUser.absent': '{{user}} não existe',
  'check.server.serviceUser.absent.remedy': 'Execute `triad install`: cria a conta e corrige os donos.',
  'check.server.serviceUser.isRoot': '{{user}} tem o uid 0: é root',
  'check.server.serviceUser.isRoot.remedy': 'Descubra quem criou esta conta e remova-a: `userdel {{user}}`.',
  'check.server.serviceUser.unknown': 'Não foi possível ler o uid de {{user}}',

  'check.server.serviceUserWrites.title': 'O utilizador do serviço pode escrever',
  'check.server.serviceUserWrites.expected': '{{user}} pode escrever em {{folders}}',
  'check.server.serviceUserWrites.observed': 'Sim, em todas as suas pastas',
  'check.server.serviceUserWrites.notYet': 'A instalação cria {{user}} e as suas pastas',
  'check.server.serviceUserWrites.denied': '{{user}} não pode escrever em {{folders}}',
  'check.server.serviceUserWrites.denied.remedy':
    'Execute `triad install`: define o dono e os direitos das suas pastas. Se nada mudar, veja as pastas acima (`namei -l {{folder}}`): {{user}} precisa do direito de passagem (x) em cada uma.',
  'check.server.serviceUserWrites.absent': 'Não existem: {{folders}}',
  'check.server.serviceUserWrites.absent.remedy':
    'Execute `triad install`: cria-as. Os dados que lá estavam têm de vir de uma cópia de segurança ou de uma replica.',
  'check.server.serviceUserWrites.unknown': 'Não foi possível apurar para {{folders}}',
  'check.server.serviceUserWrites.unknown.remedy':
    'Assegure que o servidor tem `setpriv` (pacote util-linux) e execute o mesmo comando de novo.',

  'check.server.transparentHugePages.title': 'Transparent huge pages',
  'check.server.transparentHugePages.expected': 'Desligadas (never): com elas, uma gravação copia 2 MB por cada byte escrito entretanto',
  'check.server.transparentHugePages.absent': 'Este kernel não as tem',

  'check.server.overcommitMemory.title': 'Overcommit de memória',
  'check.server.overcommitMemory.expected':
    'vm.overcommit_memory é {{wanted}}: de outro modo, uma gravação falha quando o Redis ocupa metade da memória',

  'check.server.somaxconn.title': 'Fila de ligações',
  'check.server.somaxconn.expected':
    'net.core.somaxconn é {{wanted}} ou mais: depois de um failover, os clientes chegam todos ao mesmo tempo',

  'check.server.openFiles.title': 'Ficheiros abertos',
  'check.server.openFiles.expected': 'O kernel permite {{needed}} ficheiros abertos ou mais',
  'check.server.openFiles.observed': '{{found}}',
  'check.server.openFiles.remedy':
    'Aumente o limite: `sysctl -w fs.nr_open={{needed}} fs.file-max={{needed}}`, e o mesmo num ficheiro em /etc/sysctl.d.',
  'check.server.openFiles.unknown': 'Não foi possível ler o limite',

  'check.server.selinux.title': 'SELinux',
  'check.server.selinux.expected': 'Deixa o systemd correr os programas',
  'check.server.selinux.observed': '{{mode}}',
  'check.server.selinux.proved': 'enforcing, e os serviços estão a funcionar',
  'check.server.selinux.enforcing': 'enforcing: pode proibir o systemd de correr os programas',
  'check.server.selinux.remedy':
    "Se um serviço terminar com 203/EXEC depois da instalação: `semanage fcontext -a -t bin_t '{{bin}}(/.*)?' && restorecon -R {{bin}}`, e execute `triad install` de novo. `ausearch -m avc -ts recent` mostra o que foi negado.",

  'check.server.maintenance.title': 'Manutenção',
  'check.server.maintenance.expected': 'Nenhum servidor do cluster está em manutenção',
  'check.server.maintenance.observed': 'Nenhum está',
  'check.server.maintenance.marked': '{{server}} está em manutenção desde {{at}} (iniciada por {{by}})',
  'check.server.maintenance.away': '{{server}} está em manutenção desde {{at}} (iniciada por {{by}}), e agora não responde',
  'check.server.maintenance.marked.remedy':
    'Quando voltar: `triad maintenance end --server {{server}}` devolve-lhe o seu papel. Até lá não se pode perder outro servidor.',
  'check.server.maintenance.unreadable': 'Em {{servers}} existe {{path}}, que não se consegue ler como marca de uma manutenção',
  'check.server.maintenance.unreadable.remedy':
    'Veja {{path}}. `triad maintenance end` com o nome do servidor que esteve em manutenção retira-o e repõe os papéis.',
  'check.server.maintenance.unknown': 'O local da marca não foi observado',

  'check.server.listenersGone.title': 'Listeners temporários',
  'check.server.listenersGone.expected': 'Nenhum dos listeners da matriz de conectividade ficou para trás',
  'check.server.listenersGone.observed': 'Não ficou nenhum',
  'check.server.listenersGone.left': 'Ficaram: {{holders}}',
  'check.server.listenersGone.remedy': 'Terminam por si em breve. Espere um minuto e execute `triad check` de novo.',
  'check.server.listenersGone.kill.remedy': 'Terminam por si em breve. Para os terminar já: `kill {{pids}}` no servidor.',
} as const satisfies Record<keyof typeof english, string>;
