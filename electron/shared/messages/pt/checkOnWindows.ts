import type { checkOnWindowsTexts as english } from '../en/checkOnWindows.ts';

/** The texts of `en/checkOnWindows.ts` in Portuguese. */
export const checkOnWindowsTexts = {
  'check.disk.free.onWindows.remedy':
    'Liberte espaço em {{mountPoint}} até haver {{needed}} livres, aumente-o, ou escolha outra pasta na especificação (paths.windows).',
  'check.disk.readOnly.onWindows.remedy':
    'Veja no PowerShell, com `Get-Disk` e `Get-Volume`, porque não se pode escrever em {{mountPoint}}, ou escolha outra pasta na especificação (paths.windows).',

  'check.server.ownMachine.onWindows.observed': '{{hostName}}, MachineGuid {{machineId}}',
  'check.server.ownMachine.onWindows.sameInstallation': 'O mesmo MachineGuid que {{others}}: uma só máquina, ou um clone de uma instalação',
  'check.server.ownMachine.sameInstallation.onWindows.remedy':
    'Se for uma só máquina, corrija os endereços na especificação. Se for um clone, dê-lhe uma identidade própria, antes de lá instalar mais alguma coisa: `C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /reboot`.',
  'check.server.ownMachine.onWindows.unknown': 'O servidor não tem MachineGuid',
  'check.server.operatingSystem.onWindows.unknown': 'O servidor não diz que Windows tem',
  'check.server.privilege.onWindows.expected': 'Os comandos correm com todos os direitos de um administrador',
  'check.server.installFolder.onWindows.noexec': 'Nenhum programa pode correr a partir de {{mountPoint}}',
  'check.server.installFolder.noexec.onWindows.remedy': 'Escolha outra pasta na especificação (paths.windows).',
  'check.server.dataFolder.network.onWindows.remedy': 'Escolha na especificação uma pasta num disco interno (paths.windows).',
  'check.server.dataFolder.memory.onWindows.remedy': 'Escolha na especificação uma pasta num disco interno (paths.windows).',
  'check.server.clock.onWindows.remedy':
    'Ligue a sincronização da hora, como administrador: `sc.exe config w32time start= auto`, `sc.exe start w32time`, `w32tm /resync`. Depois veja com `w32tm /query /status`.',
  'check.server.ownFiles.wrongKind.onWindows.remedy': 'Mude-os de sítio, ou escolha outra pasta na especificação (paths.windows).',
  'check.server.ownFiles.otherOwner.onWindows.remedy':
    'Escolha outro nome ou outra pasta (paths.windows) na especificação. Se são dados do cluster que foram copiados de volta, deixe-os tomar os direitos da sua pasta: `icacls FOLDER\\* /reset /t` para cada uma.',
  'check.server.serviceUserWrites.onWindows.expected': 'O serviço de cada node pode escrever em {{folders}}',
  'check.server.serviceUserWrites.onWindows.notYet': 'A instalação cria os serviços e as suas pastas',
  'check.server.serviceUserWrites.onWindows.denied': 'O seu serviço não pode escrever em {{folders}}',
  'check.server.serviceUserWrites.denied.onWindows.remedy':
    'Corra `triad install`: define as listas de acesso das suas pastas. Se nada mudar, veja com `icacls {{folder}}` quem pode o quê.',
  'check.server.serviceUserWrites.unknown.onWindows.remedy':
    'Veja com `icacls FOLDER` quem pode o quê, e depois corra o mesmo comando outra vez.',
  'check.server.listenersGone.kill.onWindows.remedy':
    'Acabam por si em breve. Para os terminar já, no PowerShell em {{server}} como administrador: `Stop-Process -Force -Id {{pids}}`.',

  'check.node.unobserved.onWindows.remedy': 'Traga o node de volta: `sc.exe query {{unit}}` em {{server}}.',
  'check.node.answers.onWindows.remedy': 'Veja porquê em {{server}}: `sc.exe query {{unit}}`, e service.log e redis.log em {{nodeFolder}}.',
  'check.node.answers.noCluster.onWindows.remedy':
    'Corra `triad install`, depois `Restart-Service {{unit}}` no PowerShell em {{server}}: é uma definição que só um arranque lê.',
  'check.node.version.onWindows.remedy':
    'Corra `triad install`, depois `Restart-Service {{unit}}` no PowerShell em {{server}} numa hora calma: primeiro as replicas, um node de cada vez, com `triad validate` pelo meio.',
  'check.node.settings.restart.onWindows.remedy':
    'Corra `triad install`, depois `Restart-Service {{unit}}` no PowerShell em {{server}} numa hora calma: primeiro as replicas, um node de cada vez, com `triad validate` pelo meio.',
  'check.node.password.onWindows.remedy':
    'Corra `triad install` com a palavra-passe certa, depois `Restart-Service {{unit}}` no PowerShell em {{server}}.',
  'check.node.persistence.onWindows.remedy':
    'Procure a razão em {{log}}; quase sempre o disco de {{folder}} está cheio (`Get-Volume` no PowerShell), ou o Windows não pode prometer a memória para uma cópia dos dados.',
  'check.node.uptime.onWindows.expected': 'O seu serviço não tem de o arrancar vez após vez',
  'check.node.uptime.onWindows.restarting': 'A correr há apenas {{seconds}} s; reinícios pelo seu serviço: {{restarts}}',
  'check.node.uptime.onWindows.remedy': 'Veja porque acaba, em {{server}}: service.log em {{nodeFolder}}, e {{log}}.',
  'check.node.logErrors.onWindows.noFile': 'Não escreve log em nenhum ficheiro',
  'check.node.service.notActive.onWindows.remedy':
    'Veja porquê em {{server}}: `sc.exe query {{unit}}`, e service.log em {{nodeFolder}}. Depois `sc.exe start {{unit}}`, ou corra `triad install`.',
  'check.node.service.notEnabled.onWindows.remedy':
    '`sc.exe config {{unit}} start= delayed-auto` em {{server}} como administrador, ou corra `triad install`.',
  'check.node.service.onWindows.needsReload': 'O que o Windows sabe dele não é o que o seu ficheiro diz agora',
  'check.node.service.needsReload.onWindows.remedy': 'Corra `triad install`: volta a dizê-lo ao Windows.',

  'check.pair.refused.cluster.onWindows.remedy':
    'Veja se o node corre: `sc.exe query {{unit}}` em {{to}}. Se correr, é uma firewall que o rejeita. Peça uma destas regras:\n{{rules}}',
  'check.pair.unreachable.onWindows.remedy':
    'Procure a rota em {{from}} e em {{to}} (em Windows, no PowerShell: `Find-NetRoute -RemoteIPAddress ADDRESS`); uma firewall que rejeita com um erro ICMP parece o mesmo. Peça uma destas regras:\n{{rules}}',
} as const satisfies Record<keyof typeof english, string>;
