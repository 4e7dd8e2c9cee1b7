import type { failureTexts as english } from '../en/failure.ts';

/** The texts of `en/failure.ts` in Portuguese. */
export const failureTexts = {
  'spec.invalid': 'A especificação tem {{count}} problema(s)',
  'spec.invalid.remedy': 'Corrija as linhas indicadas abaixo e comece de novo. Nada foi contactado nem alterado.',
  'spec.unreadable': 'Não foi possível ler a especificação {{file}}: {{reason}}',
  'spec.unreadable.remedy': 'Verifique o caminho e se o ficheiro é YAML ou JSON.',
  'usage.invalid': 'O comando não pode ser executado: {{reason}}',
  'usage.invalid.remedy': '`triad --help` e `triad COMMAND --help` mostram os comandos e as opções.',
  'spec.windowsIpv6': 'Ao lado de servidores Windows, todos os servidores precisam de endereços IPv4, e estes não o são: {{addresses}}',
  'spec.windowsIpv6.remedy':
    'Indique na especificação os endereços IPv4 dos servidores. Onde só há IPv6, o Triad precisa de três servidores Linux.',
  'spec.notInstalledByTriad': 'O cluster {{cluster}} não foi instalado pelo Triad, que o valida e nada altera nele',
  'spec.notInstalledByTriad.remedy': 'Use `triad validate`, com ou sem --redis-only.',
  'adopt.deviates':
    'O cluster em {{endpoint}} não tem a forma que o Triad conhece: três servidores, em cada um um master e a replica de outro',
  'adopt.deviates.remedy': 'Nada foi escrito. O que é diferente:',
  'usage.confirmationRefused': 'Sem confirmação: nada foi alterado',
  'usage.confirmationRefused.remedy': 'Execute o comando de novo quando for oportuno, ou acrescente --yes.',
  'usage.confirmationNeeded': 'Este comando altera servidores e não há um terminal onde pedir a confirmação',
  'usage.confirmationNeeded.remedy': 'Veja primeiro `triad plan` e depois acrescente --yes.',
  'secret.missing': 'A variável de ambiente {{name}} não está definida ({{purpose}})',
  'secret.missing.remedy': 'Defina-a na shell que executa o Triad, por exemplo com `read -rs {{name}} && export {{name}}`.',
  'secret.unreadable': 'O ficheiro {{file}} não pode ser usado ({{purpose}}): {{reason}}',
  'secret.unreadable.remedy': 'Verifique o caminho e as permissões. O ficheiro tem de conter uma única linha.',
  'secret.unknownHere': 'Este computador não conhece a palavra-passe de {{cluster}}',
  'secret.unknownHere.remedy': 'Valide o cluster: o Triad lê então a palavra-passe dos servidores.',
  'storage.unwritable': 'O Triad não consegue escrever {{file}}: {{reason}}',
  'storage.unwritable.remedy': 'Dê permissão de escrita na pasta, ou indique outra em TRIAD_HOME.',
  'storage.damaged': 'O ficheiro {{file}} está danificado; foi guardado como {{kept}}',
  'storage.damaged.remedy': 'Veja o ficheiro guardado, corrija-o ou apague-o, e comece de novo.',
  'bundle.missing': 'Não há programas de servidor de {{engine}} {{version}} para {{platform}}',
  'bundle.missing.remedy':
    'Execute `npm run redis -- build {{version}}` num checkout, escolha outra versão, ou indique a sua própria compilação em redis.archive na especificação.',
  'bundle.damaged': 'O pacote com os programas de servidor está danificado: {{subject}}',
  'bundle.damaged.remedy':
    'Compile-o de novo: `npm run redis -- verify` diz qual, e `npm run windows-service -- ensure` compila o triad-service.exe. Num Triad instalado: instale-o de novo.',
  'bundle.unreadable': 'Não foi possível abrir o arquivo: {{subject}}',
  'bundle.unreadable.remedy': 'Verifique o caminho em redis.archive.file e se o ficheiro é um tar.gz.',
  'bundle.hashMismatch': 'O SHA-256 de {{subject}} é {{observed}}, e não {{expected}}',
  'bundle.hashMismatch.remedy': 'Compare o hash com o da fonte em que confia. Não instale este ficheiro enquanto não forem iguais.',
  'bundle.unsafe': 'O arquivo foi recusado por não ser seguro: {{subject}}',
  'bundle.unsafe.remedy': 'Junte num tar.gz apenas redis-server e redis-cli (ou valkey-server e valkey-cli), como ficheiros normais.',
  'bundle.incomplete': 'Falta no arquivo: {{subject}}',
  'bundle.incomplete.remedy': 'Junte num tar.gz o servidor e o cliente de linha de comandos da mesma compilação.',
  'bundle.wrongPlatform': '{{subject}} não serve para os servidores: é {{observed}}, e é necessário {{expected}}',
  'bundle.wrongPlatform.remedy': 'Indique uma compilação para a plataforma dos servidores (linux-x64: ELF, x86-64).',
  'bundle.windows.noOwnService': 'O arquivo {{file}} não contém um programa que seja um serviço por si, como `windows.service: own` pede',
  'bundle.windows.noOwnService.remedy':
    'Use o Memurai, ou retire `windows.service`: então é o programa do próprio Triad que corre o Redis como serviço.',
  'bundle.windows.noHelper': 'Esta cópia do Triad não tem programa para servidores Windows',
  'bundle.windows.noHelper.remedy':
    'O Triad trabalha em servidores Windows com um pequeno programa próprio, triad-service.exe. Num checkout execute `npm run windows-service`; senão instale o Triad de novo.',
  'bundle.windows.noArchive': 'Há um servidor Windows no cluster, e nenhum arquivo com o Redis para ele',
  'bundle.windows.noArchive.remedy':
    'O Triad não traz o Redis para Windows: descarregue `Redis-VERSION-Windows-x64-msys2.zip` das releases de redis-windows no GitHub, e indique-o em redis.windowsArchive na especificação.',
  'bundle.windows.unreadable': 'Não é possível ler o arquivo {{file}}: {{reason}}',
  'bundle.windows.unreadable.remedy': 'Verifique o caminho e se tem permissão para ler o ficheiro.',
  'bundle.windows.notZip': '{{file}} não é um zip, mas {{kind}}',
  'bundle.windows.notZip.remedy':
    'Descarregue `Redis-VERSION-Windows-x64-msys2.zip` das releases de redis-windows no GitHub, e indique-o tal como está.',
  'bundle.windows.memurai': '{{file}} é um pacote de instalação (MSI), a forma em que vem o Memurai: o Triad não executa instaladores',
  'bundle.windows.memurai.remedy':
    'Indique a pasta do programa como zip, que o Triad aceita como experiência. {{howTo}} Um cluster Memurai que alguém instalou pode ser visto com `triad adopt`.',
  'bundle.windows.damaged': 'O arquivo {{file}} está danificado, em {{part}}: {{reason}}',
  'bundle.windows.damaged.remedy':
    'Descarregue-o de novo, e compare o SHA-256 com a página da release. Uma release tem de ser o ficheiro tal como foi publicado, e não um que foi comprimido outra vez; um zip seu (Memurai) faz-se no Explorador do Windows.',
  'bundle.windows.unsafe': 'O arquivo {{file}} foi recusado por não ser seguro, em {{part}}: {{reason}}',
  'bundle.windows.unsafe.remedy':
    'Nada se aproveitou dele. Descarregue a release de novo da sua página: um ficheiro assim não foi feito lá.',
  'bundle.windows.refused': 'O arquivo {{file}} não é dos que o Triad instala: {{reason}}',
  'bundle.windows.refused.remedy':
    'Use `Redis-VERSION-Windows-x64-msys2.zip` das releases de {{maker}} no GitHub, tal como foi publicado; ou, como experiência, um zip de toda a pasta do programa do Memurai.',
  'bundle.windows.missing': 'Falta {{name}} no arquivo {{file}}',
  'bundle.windows.missing.remedy':
    'Descarregue a release de novo, e indique o zip tal como está; do Memurai indique toda a pasta do programa. Os programas e as bibliotecas pertencem uns aos outros.',
  'bundle.windows.wrongMachine': '{{name}}, em {{file}}, não serve para os servidores: é {{observed}}, e é necessário {{expected}}',
  'bundle.windows.wrongMachine.remedy': 'Use a release para x64.',
  'bundle.windows.tooOld': 'O arquivo {{file}} contém o Redis {{version}}; o Triad aceita {{oldest}} e versões posteriores',
  'bundle.windows.tooOld.remedy': 'Descarregue uma release mais recente.',
  'bundle.windows.otherVersion': 'O arquivo {{file}} contém o Redis {{version}}, e a especificação pede {{wanted}}',
  'bundle.windows.otherVersion.remedy': 'Indique a release de {{wanted}}, ou altere redis.version.',
  'bundle.windows.mistyped': 'O SHA-256 de {{file}} não começa por {{typed}}',
  'bundle.windows.mistyped.remedy':
    'Compare primeiro o hash com a página da release. Para usar este mesmo ficheiro sem isso, indique os primeiros {{count}} caracteres do hash dele.',
  'bundle.windows.unproven': 'Ninguém responde pelo arquivo {{file}}: o seu SHA-256 é {{sha256}}',
  'bundle.windows.unproven.remedy':
    'Procure o hash deste ficheiro na página da release. Se for o mesmo, indique-o em redis.windowsArchive.sha256. Para usar o ficheiro sem isso, indique os seus primeiros {{count}} caracteres em redis.windowsArchive.useAnyway: a responsabilidade por ele é então só sua.',
  'bundle.windows.experimental': 'O arquivo {{file}} contém o {{name}}, que o Triad só aceita como experiência',
  'bundle.windows.experimental.remedy':
    'O Triad nunca foi experimentado com o verdadeiro {{name}}, só com um substituto, e ninguém dá suporte aos dois juntos. Para o experimentar onde nada dependa dele, diga-o: `experimental: {{distribution}}` ao lado do ficheiro em redis.windowsArchive, ou a caixa no passo Redis. Senão use o zip de redis-windows, ou servidores Linux.',
  'configBundle.unreadable': 'Não é possível ler o pacote {{file}}: {{reason}}',
  'configBundle.unreadable.remedy': 'Verifique o caminho. Um pacote é um só ficheiro, tal como `triad bundle export` o escreve.',
  'configBundle.damaged': 'O pacote {{file}} está danificado, em {{part}}: {{reason}}',
  'configBundle.damaged.remedy': 'Nada se aproveitou dele. Copie-o de novo de onde foi feito, e compare os dois com `sha256sum`.',
  'configBundle.unsafe': 'O pacote {{file}} foi recusado por não ser seguro, em {{part}}: {{reason}}',
  'configBundle.unsafe.remedy': 'Nada se aproveitou dele. O Triad nunca escreve um ficheiro assim: pergunte a quem lho deu.',
  'configBundle.tooNew': 'O pacote {{file}} é da versão {{version}}; este Triad conhece versões até à {{known}}',
  'configBundle.tooNew.remedy': 'Atualize o Triad, pelo menos para a versão que fez o pacote.',
  'configBundle.noValidation': 'Não se guarda aqui nenhuma validação terminada de {{cluster}}',
  'configBundle.noValidation.remedy': 'Omita --from-last: o cluster é então validado primeiro, o que nada altera nele.',
  'configBundle.nothingToSeal': 'A palavra-passe do Redis de {{cluster}} não é conhecida aqui: não há nada a selar',
  'configBundle.nothingToSeal.remedy':
    'Indique-a na especificação com redis.passwordEnv ou redis.passwordFile, ou exporte sem --seal-with-env.',
  'configBundle.holdsSecret': 'O pacote não foi escrito: há um segredo em {{part}}',
  'configBundle.holdsSecret.remedy':
    'Comunique-o. Se o segredo é uma palavra comum que lá está de qualquer modo, é demasiado fraco: mude-o.',
  'configBundle.notSealed': 'Não há segredos selados no pacote {{file}}',
  'configBundle.notSealed.remedy': 'Omita --open-with-env. O Triad encontra nos servidores a palavra-passe de um cluster em funcionamento.',
  'configBundle.wrongPassphrase': 'Os segredos em {{file}} não abrem com esta frase-passe',
  'configBundle.wrongPassphrase.remedy':
    'Indique a frase-passe com que o pacote foi exportado. Se for essa, a parte selada foi alterada: use outra cópia.',
  'configBundle.hostKeyDiffers': 'A chave SSH de {{endpoint}} é {{known}} aqui, e {{brought}} no pacote',
  'configBundle.hostKeyDiffers.remedy':
    'Nada foi importado. Compare ambas com `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` no servidor (em Windows o ficheiro está em C:\\ProgramData\\ssh). Se a que é conhecida aqui está desatualizada, esqueça-a com `triad known-hosts forget {{endpoint}}` e importe de novo.',
  'configBundle.otherCluster': 'Outro cluster chama-se {{cluster}} aqui: {{kept}}, e não {{brought}}',
  'configBundle.otherCluster.remedy': 'Nada foi importado. Importe para outra pasta, indicando-a em TRIAD_HOME.',
  'configBundle.runDiffers': 'A execução {{runId}} já está guardada aqui e diz outra coisa do que a do pacote',
  'configBundle.runDiffers.remedy': 'Nada foi importado. Uma das duas foi alterada: compare {{file}} com o pacote.',
  'configBundle.passwordDiffers': 'A palavra-passe do Redis guardada em {{file}} não é a do pacote',
  'configBundle.passwordDiffers.remedy':
    'Nada foi importado. Apure qual delas têm os servidores, e mova o ficheiro se estiver desatualizado.',
  'report.unreadable': 'O relatório {{file}} não pode ser lido: {{reason}}',
  'report.unreadable.remedy': 'Indique um relatório do Triad em HTML, JSON ou Markdown, tal como foi escrito.',
  'report.noRecord': 'Não ficou guardado um registo completo desta execução de {{cluster}}',
  'report.noRecord.remedy':
    'Guarde o relatório como JSON: tem todos os números. O registo só está completo quando o diário pôde ser escrito do princípio ao fim.',
  'report.isPdf': '{{file}} é um PDF, e um PDF não pode ser verificado',
  'report.isPdf.remedy':
    'Verifique a forma HTML, JSON ou Markdown da mesma execução; `triad history show RUN --report FOLDER` escreve as três. Depois compare o SHA-256 que ela indica com o do PDF, em “Integridade e dados em bruto”.',
  'report.noIntegrity': '{{file}} não tem linha de integridade',
  'report.noIntegrity.remedy':
    'Indique um relatório do Triad em HTML, JSON ou Markdown. Relatórios de versões anteriores, de execuções em curso, e ficheiros JUnit não podem ser verificados: escreva o relatório de novo com `triad history show RUN --report FOLDER`.',
  'export.folderTaken': '{{folder}} não é uma exportação intacta do Triad: {{file}}',
  'export.folderTaken.remedy': 'Nada foi escrito. Escolha uma pasta nova ou vazia, ou retire o que lá está.',
  'export.otherPrograms': 'Os programas de servidor aqui não são os do pacote: {{name}} tem o SHA-256 {{observed}}, e não {{expected}}',
  'export.otherPrograms.remedy':
    'Use um pacote que traga os seus programas (`triad bundle export --with-binaries`), ou indique a especificação com --spec para a compilação que está aqui.',
  'export.onlyLinux': 'O playbook é feito para servidores Linux, e {{servers}} tem Windows',
  'export.onlyLinux.remedy':
    'Use antes scripts de shell (`triad export --as shell`): trazem um ficheiro de comandos para cada servidor Windows. O que o Ansible precisa para Windows, WinRM e módulos que não são seus, nunca foi experimentado com o Triad, e o que nunca foi experimentado não é escrito.',
  'export.ownService':
    'Os ficheiros de comandos para servidores Windows trabalham com o programa do próprio Triad, e os nodes em {{servers}} são serviços por si',
  'export.ownService.remedy': 'Instale-os com `triad install`, ou retire `windows.service` da especificação.',
  'ssh.unreachable': 'Não é possível chegar ao servidor SSH em {{endpoint}}: {{reason}}',
  'ssh.unreachable.remedy':
    'Verifique o endereço, se o servidor está ligado, e se as rotas e as firewalls deixam este computador chegar a {{endpoint}}.',
  'ssh.refused': 'Não há um serviço SSH à escuta em {{endpoint}}',
  'ssh.refused.remedy': 'Arranque o sshd no servidor, ou corrija ssh.port na especificação.',
  'ssh.nameNotFound': 'O nome {{host}} não tem endereço',
  'ssh.nameNotFound.remedy': 'Corrija ssh.host na especificação, ou use o endereço IP.',
  'ssh.notSsh': 'O que responde em {{endpoint}} não fala SSH, ou não há um algoritmo comum: {{reason}}',
  'ssh.notSsh.remedy': 'Verifique ssh.port na especificação e a versão do sshd no servidor.',
  'ssh.timedOut': 'O servidor em {{endpoint}} não respondeu em {{seconds}} s',
  'ssh.timedOut.remedy': 'Verifique se o servidor está ligado e se nenhuma firewall descarta os pacotes para {{endpoint}}.',
  'ssh.hostKeyUnknown': 'A chave SSH do servidor {{endpoint}} ainda não é conhecida: {{type}} {{fingerprint}}',
  'ssh.hostKeyUnknown.remedy':
    'Compare-a com `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` no servidor (em Windows o ficheiro está em C:\\ProgramData\\ssh). Se forem iguais, acrescente --accept-new-host-keys, ou indique-a na especificação em ssh.hostKey.',
  'ssh.hostKeyChanged': 'A chave SSH do servidor {{endpoint}} MUDOU: esperada {{expected}}, recebida {{fingerprint}}',
  'ssh.hostKeyChanged.remedy':
    'Alguém pode estar a intercetar a ligação, ou o servidor foi instalado de novo. Descubra qual dos casos é antes de continuar. Só se a nova chave estiver certa, retire a antiga com `triad known-hosts forget {{endpoint}}`, ou corrija ssh.hostKey.',
  'ssh.authRejected': 'O servidor em {{endpoint}} recusou o início de sessão de {{user}} ({{method}})',
  'ssh.authRejected.remedy': 'Verifique o utilizador, a chave ou a palavra-passe, e se o sshd permite esta forma de iniciar sessão.',
  'ssh.loginCut': 'O servidor em {{endpoint}} fechou a ligação durante o início de sessão de {{user}}',
  'ssh.loginCut.remedy':
    'Leia o que o servidor disse, se estiver abaixo, e o log do sshd. A conta pode estar bloqueada ou expirada, os inícios de sessão fechados (em Linux por /etc/nologin, em Windows por uma política), ou pode haver demasiadas ligações abertas.',
  'ssh.keyUnreadable': 'A chave privada {{file}} não pode ser usada: {{reason}}',
  'ssh.keyUnreadable.remedy':
    'Verifique o caminho em ssh.auth.privateKeyFile e se o ficheiro é uma chave privada OpenSSH ou PEM. Com um bundle, indique uma chave deste computador com --private-key.',
  'ssh.passphraseMissing': 'A chave privada {{file}} está protegida por uma frase-passe, que não foi indicada',
  'ssh.passphraseMissing.remedy':
    'Ponha a frase-passe numa variável de ambiente e indique o nome dela na especificação em ssh.auth.passphraseEnv, ou use um agente (ssh.auth.agent).',
  'ssh.passphraseWrong': 'A frase-passe não abre a chave privada {{file}}',
  'ssh.passphraseWrong.remedy': 'Ponha a frase-passe certa na variável indicada em ssh.auth.passphraseEnv.',
  'ssh.agentUnavailable': 'Nenhum agente SSH pode ser usado: {{reason}}',
  'ssh.agentUnavailable.remedy': 'Arranque um agente, acrescente a chave com ssh-add e verifique SSH_AUTH_SOCK; ou use privateKeyFile.',
  'ssh.connectionLost': 'Perdeu-se a ligação SSH a {{server}}',
  'ssh.connectionLost.remedy': 'Verifique o servidor e a rede, e execute o mesmo comando de novo: continua a partir do que encontrar.',
  'ssh.forwardingRefused': 'O servidor SSH de {{server}} não permite o encaminhamento para {{endpoint}}: {{reason}}',
  'ssh.forwardingRefused.remedy':
    'Permita-o a este utilizador com `AllowTcpForwarding local` e, onde PermitOpen estiver definido, para {{endpoint}}. O Triad só administra o Redis através de SSH.',
  'sudo.missing': 'O utilizador {{user}} em {{server}} não é root e o sudo não está instalado',
  'sudo.missing.remedy': 'Instale o sudo, ou inicie sessão como root.',
  'sudo.passwordNeeded': 'O sudo em {{server}} pede a {{user}} uma palavra-passe, que não foi indicada',
  'sudo.passwordNeeded.remedy': 'Indique ssh.sudo.passwordEnv na especificação, ou permita que {{user}} use o sudo sem palavra-passe.',
  'sudo.passwordRejected': 'O sudo em {{server}} recusou a palavra-passe de {{user}}',
  'sudo.passwordRejected.remedy':
    'Verifique a variável indicada em ssh.sudo.passwordEnv. Houve uma única tentativa, para não bloquear a conta.',
  'sudo.refused': 'O sudo em {{server}} não permite que {{user}} passe a root: {{reason}}',
  'sudo.refused.remedy': 'Acrescente {{user}} aos sudoers, ou inicie sessão com outro utilizador.',
  'host.unsupported': '{{server}} não faz o que o Triad lhe pede: {{reason}}',
  'host.unsupported.remedy':
    'Inicie sessão com a mesma conta e veja. A palavra-passe pode ter expirado, a shell da conta pode não ser uma shell, ou o servidor não é um Linux com systemd 239 ou posterior nem um Windows Server 2019 ou posterior.',
  'host.commandFailed': '{{step}} falhou em {{server}} (código de saída {{code}})',
  'host.commandFailed.remedy':
    'Leia a saída abaixo, elimine a causa e execute o mesmo comando de novo: continua a partir do que encontrar.',
  'host.commandTimedOut': '{{step}} em {{server}} não terminou em {{seconds}} s e foi parado',
  'host.commandTimedOut.remedy': 'Veja a carga e os discos do servidor, e execute o mesmo comando de novo.',
  'host.uploadCut': 'O envio de {{file}} para {{server}} chegou incompleto',
  'host.uploadCut.remedy': 'Execute o mesmo comando de novo: o ficheiro incompleto foi apagado.',
  'host.diskFull': 'O disco de {{server}} está cheio: não foi possível escrever {{path}}',
  'host.diskFull.remedy': 'Liberte espaço nesse sistema de ficheiros e execute o mesmo comando de novo.',
  'host.lockHeld': 'Há outra pessoa a trabalhar em {{server}} com o Triad: {{holder}}',
  'host.lockHeld.remedy': 'Espere que essa execução termine. A reserva acaba por si, com a ligação que a fez.',
  'host.sameMachine': '{{server}} é a mesma máquina que {{other}}',
  'host.sameMachine.remedy':
    'Corrija os endereços na especificação (servers, address e ssh.host): são precisas três máquinas diferentes, ou um master e a sua replica perdem-se ao mesmo tempo.',
  'host.otherPlatform': '{{server}} foi planeado como servidor {{planned}} e afinal é um servidor {{found}}',
  'host.otherPlatform.remedy':
    'Nada foi alterado nele. Não respondeu quando a execução foi planeada, ou a especificação (servers, platform) está errada. Corrija-a, ou comece de novo enquanto ele responde.',
  'host.installedElsewhere': 'Em {{server}}, este cluster está instalado em pastas diferentes das da especificação: {{paths}}',
  'host.installedElsewhere.remedy':
    'Reponha os caminhos da especificação como estavam e execute o mesmo comando de novo. Nada foi alterado.',
  'host.serviceFailed': 'O serviço {{unit}} em {{server}} não está a funcionar ({{state}})',
  'host.serviceFailed.remedy': 'Leia as linhas do log abaixo; elimine a causa e execute o mesmo comando de novo.',
  'host.notElevated': '{{user}} não é administrador com todos os direitos em {{server}}',
  'host.notElevated.remedy':
    'Inicie sessão com um membro do grupo local de administradores. Se for uma conta local, uma política pode retirar-lhe os direitos pela rede (LocalAccountTokenFilterPolicy).',
  'host.accessDenied': 'O Windows recusa {{step}} em {{server}}: {{what}}',
  'host.accessDenied.remedy': 'Veja as permissões do que é indicado, e se um programa de segurança ou uma política o protege.',
  'host.fileLocked': 'Outro programa tem {{path}} aberto em {{server}}',
  'host.fileLocked.remedy':
    'Descubra que programa é (um antivírus, uma cópia de segurança, uma consola aberta), termine-o e execute o mesmo comando de novo.',
  'host.foreignFolder': '{{path}} em {{server}} pertence a outra pessoa, ou outros podem escrever lá ({{who}})',
  'host.foreignFolder.remedy':
    'Quem lá pode escrever podia pôr outro programa no lugar do Redis. Esvazie ou elimine essa pasta, ou faça dos Administradores o proprietário e não deixe mais ninguém escrever lá; ou escolha outra pasta em `paths.windows`. Depois execute o mesmo comando de novo.',
  'host.programBlocked': '{{server}} não deixa executar {{program}} (erro {{code}})',
  'host.programBlocked.remedy':
    'Uma política (AppLocker, App Control) ou um programa de segurança bloqueia-o. Autorize-o pelo SHA-256 ({{sha256}}), ou assine-o com um certificado em que a política confie. Sem ele o Triad pode verificar e planear, pelo PowerShell, mas nenhum serviço pode correr o Redis.',
  'host.programQuarantined': 'Um programa de segurança em {{server}} retirou {{program}} (erro {{code}})',
  'host.programQuarantined.remedy':
    'Exclua a pasta do Triad e o SHA-256 ({{sha256}}) no programa de segurança, restaure o ficheiro da quarentena e execute o mesmo comando de novo.',
  'host.libraryMissing': '{{program}} não arranca em {{server}}: falta uma biblioteca',
  'host.libraryMissing.remedy':
    'Indique o arquivo completo do Redis para Windows: as suas bibliotecas (como msys-*.dll) têm de estar ao lado do programa do servidor.',
  'host.programUnfit': '{{program}} não corre em {{server}} como deve: {{reason}}',
  'host.programUnfit.remedy':
    'Nenhum serviço foi alterado. O que o programa disse está abaixo. Indique o arquivo da versão que quer, completo como foi publicado, com todas as bibliotecas; se uma política ou um programa de segurança o impedir, autorize o ficheiro. Depois execute o mesmo comando de novo.',
  'host.serviceBeingDeleted': 'O serviço {{unit}} em {{server}} está à espera de ser eliminado',
  'host.serviceBeingDeleted.remedy':
    'Feche todas as janelas que mostram serviços nesse servidor (services.msc, Gestor de Tarefas, Gestor de Servidor) e execute o mesmo comando de novo.',
  'host.defenderRefused': 'O Microsoft Defender em {{server}} não aceitou a exclusão de {{paths}}',
  'host.defenderRefused.remedy':
    'Decide uma política ou a proteção contra adulteração. Peça a exclusão das pastas onde o Defender é gerido.',
  'check.failed': '{{count}} verificação(ões) com falha',
  'check.failed.remedy': 'Cada verificação com falha diz, abaixo, o que fazer.',
  'redis.unreachable': 'Não é possível chegar ao node Redis {{node}}: {{reason}}',
  'redis.unreachable.remedy':
    'Verifique no respetivo servidor se o serviço está a funcionar. `triad validate` diz qual é o serviço, e onde ver.',
  'redis.authRejected': 'O node Redis {{node}} recusou a palavra-passe',
  'redis.authRejected.remedy': 'Indique a palavra-passe com que o cluster foi instalado (redis.passwordEnv ou redis.passwordFile).',
  'redis.replyUnexpected': 'O node Redis {{node}} deu uma resposta inesperada a {{command}}',
  'redis.replyUnexpected.remedy': 'Verifique se o que está à escuta é a versão planeada do Redis.',
  'redis.commandRefused': 'O node Redis {{node}} recusou {{command}}: {{reason}}',
  'redis.commandRefused.remedy': 'Leia a razão; `triad validate` mostra o estado do cluster.',
  'redis.foreign': 'Em {{node}} está à escuta um Redis que não foi instalado pelo Triad',
  'redis.foreign.remedy': 'O Triad não lhe toca. Pare-o, mude-o para outras portas, ou escolha outras portas na especificação.',
  'redis.holdsKeys': 'O node Redis {{node}} contém {{keys}} chaves e não faz parte deste cluster',
  'redis.holdsKeys.remedy':
    'O Triad nunca esvazia um Redis. Guarde e apague estes dados por sua mão, ou escolha outros servidores ou outras portas.',
  'redis.restartNeeded': 'É preciso reiniciar {{node}} para aplicar: {{settings}}',
  'redis.restartNeeded.remedy':
    'Reinicie um node de cada vez numa hora calma, as replicas primeiro, e execute `triad validate` entre cada um.',
  'redis.passwordUnreadable': 'O ficheiro de palavra-passe {{file}} em {{server}} não está como o Triad o escreveu',
  'redis.passwordUnreadable.remedy': 'Veja o ficheiro. Indique a palavra-passe com redis.passwordEnv ou redis.passwordFile.',
  'redis.persistenceNotChanged': 'Não foi possível preparar o node Redis {{node}} para redis.persistence {{persistence}}: {{reason}}',
  'redis.persistenceNotChanged.remedy':
    'Procure a razão no log do node e veja se o disco está cheio. Nenhuma configuração foi alterada; quando estiver resolvido, execute o mesmo comando de novo.',
  'redis.passwordDiffers': 'A palavra-passe é diferente daquela com que {{server}} foi instalado ({{file}})',
  'redis.passwordDiffers.remedy':
    'Indique a palavra-passe original (redis.passwordEnv, redis.passwordFile, ou o ficheiro guardado junto dos registos das execuções). Nada foi alterado. Para usar outra palavra-passe, execute primeiro `triad remove`: os dados ficam.',
  'cluster.noAgreement': 'Os seis nodes não estão de acordo sobre o cluster ao fim de {{seconds}} s: {{reason}}',
  'cluster.noAgreement.remedy': 'Veja a matriz de conectividade, sobretudo as portas do bus, e execute o mesmo comando de novo.',
  'cluster.replicaNotInSync': 'A replica {{node}} não está sincronizada com o seu master ao fim de {{seconds}} s',
  'cluster.replicaNotInSync.remedy':
    'Procure a razão no log dela (palavra-passe, memória, disco, porta) e execute o mesmo comando de novo.',
  'cluster.rolesNotAsPlanned': 'Os papéis não são os planeados: {{reason}}',
  'cluster.rolesNotAsPlanned.remedy': 'Execute `triad restore-roles`.',
  'cluster.notReady': 'O cluster não está pronto: {{reason}}',
  'cluster.notReady.remedy': 'Execute `triad validate`, que indica a causa em cada node.',
  'cluster.foreignNodes': '{{node}} pertence a outro cluster ou conhece nodes que não estão no plano: {{nodes}}',
  'cluster.foreignNodes.remedy': 'O Triad não toca noutro cluster. Verifique os endereços e as portas na especificação.',
  'cluster.noMajority': 'Perderam-se dois ou mais masters: o cluster não consegue recuperar sozinho',
  'cluster.noMajority.remedy':
    'Arranque os servidores que estão em baixo. Só se estiverem perdidos para sempre, mande as replicas restantes assumir por comando manual.',
  'failover.notPromoted': 'Nenhuma replica assumiu o lugar de {{node}} em {{seconds}} s',
  'failover.notPromoted.remedy': 'Os serviços foram arrancados de novo. Veja os logs da replica e a conectividade das portas do bus.',
  'failover.notSurvived': '{{server}} não se pode perder agora, o cluster não sobreviveria: {{reason}}',
  'failover.notSurvived.remedy': 'Nada foi feito. Execute `triad restore-roles` e teste de novo.',
  'failover.tookTooLong': 'O ensaio em {{server}} não terminou em {{seconds}} s: foi abandonado e {{server}} foi reposto',
  'failover.tookTooLong.remedy':
    'O log acima indica o passo em que esperou. Execute `triad validate`; depois teste de novo, com um --deadline maior se indicou um.',
  'failover.holdsKeys': '{{cluster}} contém {{keys}} chaves: um teste de failover pode perder escritas confirmadas de quem o usa',
  'failover.holdsKeys.remedy':
    'Escolha uma altura em que isso seja aceitável e confirme com o nome do cluster: `--confirm-cluster {{cluster}}`, ou o campo no assistente.',
  'failover.notOnWindows': '{{scenario}}: este ensaio não é possível em {{server}}, um servidor Windows',
  'failover.notOnWindows.remedy':
    'A firewall do Windows trava ligações e não pacotes, por isso não há corte num só sentido. Escolha networkCut ou qualquer outro.',
  'failover.ownService':
    '{{scenario}}: este ensaio não é possível em {{server}}, onde cada node é um serviço por si, sem o programa do Triad à volta',
  'failover.ownService.remedy':
    'Uma falha só se provoca onde algo no próprio servidor a desfaz, também depois de um reinício, e isso é um programa do Triad. Escolha switchover, ou powerLost onde a energia do servidor se comanda.',
  'failover.noFirewall': '{{scenario}}: a firewall do Windows em {{server}} não o pode isolar: {{reason}}',
  'failover.noFirewall.remedy':
    'Nada foi feito. O perfil a que uma placa de rede pertence pode mudar, por isso a firewall tem de estar ligada, e aceitar regras locais, em todos; ou escolha outro cenário.',
  'failover.noPower': '{{scenario}}: ninguém disse como se corta a energia de um servidor, nem como volta',
  'failover.noPower.remedy':
    'Execute `triad failover-test` com --power-off-command e --power-on-command. Só a linha de comandos os aceita.',
  'failover.powerHere': '{{server}} é este computador: sem energia, ninguém ficaria para o ligar',
  'failover.powerHere.remedy': 'Nada foi feito. Execute o Triad num computador que não seja nenhum dos três servidores.',
  'failover.keeperFailed': 'Não foi possível iniciar neste computador o processo que voltaria a ligar {{server}}',
  'failover.keeperFailed.remedy':
    'A energia de {{server}} não foi cortada. Veja se este computador ainda tem memória e processos, e teste de novo.',
  'failover.powerOffFailed': 'O comando que corta a energia de {{server}} falhou: {{reason}}',
  'failover.powerOffFailed.remedy':
    'O comando que o liga foi executado à mesma. Execute os dois à mão, com TRIAD_SERVER e TRIAD_ADDRESS como para este servidor, até funcionarem; depois teste de novo.',
  'failover.stillOn': '{{server}} ainda responde {{seconds}} s depois de o comando que corta a sua energia ter terminado bem',
  'failover.stillOn.remedy':
    'O comando tem de cortar a energia exatamente deste servidor, de imediato: encontra-o em TRIAD_SERVER e TRIAD_ADDRESS. Veja que máquina foi desligada.',
  'failover.powerOnFailed': 'Não foi possível voltar a ligar {{server}}: {{reason}}',
  'failover.powerOnFailed.remedy':
    'Está sem energia. Quando o Triad terminar, o mesmo comando é tentado mais algumas vezes durante um minuto; não conte com isso. Ligue-o pelo controlador de gestão, pelo hipervisor ou pelo botão: os seus serviços arrancam com o sistema. Depois execute `triad restore-roles` e `triad validate`.',
  'failover.notBack': '{{server}} foi ligado e não está de volta ao fim de {{minutes}} min: {{reason}}',
  'failover.notBack.remedy':
    'Veja a sua consola. Os serviços arrancam com o sistema e os nodes seguem por si. Depois execute `triad restore-roles` e `triad validate`.',
  'failover.installFirst': '{{scenario}}: {{server}} foi instalado por um Triad anterior: {{reason}}',
  'failover.installFirst.remedy':
    'Nada foi feito. Instale de novo primeiro: altera o que difere e mantém os dados. Um nó em execução continua com o que tinha ao arrancar, por isso reinicie-o depois, um nó de cada vez, primeiro as replicas. Ou escolha outro cenário.',
  'failover.notHealed': 'Não foi possível repor {{server}} depois do teste: {{reason}}',
  'failover.notHealed.remedy':
    'O servidor arranca os serviços por si, no máximo {{seconds}} s depois da falha: isso foi lá posto antes. Espere por isso, ou arranque os serviços à mão; após um arranque do servidor, começam por si. Depois execute `triad restore-roles`.',
  'connection.passwordUnfit': 'Este formato não pode conter a palavra-passe do cluster',
  'connection.passwordUnfit.remedy':
    'O OutSystems divide a connection string em cada vírgula e retira os espaços nas pontas. Copie-a sem a palavra-passe, ou dê ao cluster uma palavra-passe sem vírgulas nem espaços nas pontas.',
  'maintenance.noSuccessor': '{{node}} em {{server}} é um master sem replica noutro servidor',
  'maintenance.noSuccessor.remedy': 'Execute primeiro `triad restore-roles`; `triad validate` diz o que não está como planeado.',
  'maintenance.other': '{{server}} está em manutenção desde {{at}} (iniciada por {{by}})',
  'maintenance.other.remedy': 'Um servidor de cada vez. Quando voltar: `triad maintenance end --server {{server}}`.',
  'maintenance.refused': '{{server}} não pode sair agora, o cluster não sobreviveria: {{reason}}',
  'maintenance.refused.remedy': 'Nada foi marcado. Resolva isso primeiro; `triad validate` indica a causa e a solução para cada node.',
  'maintenance.notReached': '{{server}} não voltou como devia ao fim de {{minutes}} min: {{reason}}',
  'maintenance.notReached.remedy':
    'Veja a consola do servidor. Quando funcionar, dê o mesmo comando de novo, com um --wait maior se precisar de mais tempo; continua a partir daí.',
  'run.nameTaken': 'O nome {{cluster}} pertence a outro cluster, em {{servers}}',
  'run.nameTaken.remedy':
    'Dê a este um nome próprio (passo Redis, em Mais), ou remova primeiro o outro. As execuções, a palavra-passe e os ficheiros nos servidores são guardados com esse nome.',
  'run.otherCheck': 'Não é possível repetir só uma parte desta verificação',
  'run.otherCheck.remedy':
    'Não chegou ao fim, foi feita para outra especificação, ou os servidores foram alterados desde então. Execute todas as verificações.',
  'run.alreadyActive': 'Já decorre uma execução em {{cluster}}',
  'run.alreadyActive.remedy': 'Aguarde que termine, ou pare-a, e tente de novo.',
  'run.elsewhere': 'Outro Triad está a trabalhar em {{cluster}}: processo {{pid}} em {{machine}}',
  'run.elsewhere.remedy':
    'Aguarde que termine, ou pare-o lá com Ctrl+C, e tente de novo. Se esse processo já não for um Triad, apague {{file}}.',
  'run.aborted': 'Execução interrompida',
  'run.aborted.remedy': 'Execute o mesmo comando de novo: vê os servidores e continua a partir daí.',
  'firstRun.unmet': '{{server}}: {{reason}}',
  'firstRun.unmet.remedy':
    'Leia a evidência e deixe-a no relatório: que o Windows se comporte aqui de outro modo é o que a primeira execução quer descobrir.',
  'firstRun.notPossible': '{{server}}: {{reason}}',
  'firstRun.notPossible.remedy': 'Este ponto não se pode fazer neste servidor. O relatório di-lo.',
  internal: 'Aconteceu algo que o Triad não previu: {{reason}}',
  'internal.remedy': 'Comunique-o com o registo da execução. `triad validate` mostra o estado dos servidores.',
} as const satisfies Record<keyof typeof english, string>;
