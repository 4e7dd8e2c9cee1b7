import type { windowsProofTexts as english } from '../en/windowsProof.ts';

/** The texts of `en/windowsProof.ts` in Portuguese. */
export const windowsProofTexts = {
  'windowsProof.title': 'Servidores Windows: o que foi provado e o que não foi',
  'windowsProof.statement':
    'Nada do Triad correu alguma vez num Windows Server verdadeiro. Foi provado em servidores Windows de treino: Wine em Linux, um servidor SSH com os modos do OpenSSH para Windows, e um Redis de Linux no lugar de redis-server.exe. Nenhum Redis para Windows tem suporte da Redis ou da OutSystems; recomendam-se servidores Linux.',
  'windowsProof.provedHead': 'Provado sob Wine',
  'windowsProof.gapHead': 'Só um Windows Server verdadeiro pode mostrar',
  'windowsProof.shownBy': 'mostrado por: {{items}}',
  'windowsProof.shownByNothing': 'mostrado por nada do que o Triad faz',
  'windowsProof.command':
    '`triad doctor --windows-first-run --spec FILE` conduz um administrador pela segunda lista em servidores verdadeiros e escreve um relatório para devolver.',
  'windowsProof.proved.helper':
    'O programa do próprio Triad para servidores Windows: cada verbo, serviços que arrancam, param, recomeçam e arrancam com o servidor, e o desfazer de uma falha no próprio servidor',
  'windowsProof.proved.shells':
    'Linhas de comando que cmd e PowerShell leem da mesma forma, contra modelos de ambos e do modo como os programas dividem uma linha',
  'windowsProof.proved.looking':
    'Verificação e plano em três servidores Windows e num conjunto misto, por qualquer das shells predefinidas',
  'windowsProof.proved.firewall':
    'Regras de firewall como o netsh as escreve no registo, impostas por uma barreira diante do servidor de treino',
  'windowsProof.proved.cluster':
    'Instalação, segunda execução, teste de failover, validação e remoção com processos Redis verdadeiros (de Linux)',
  'windowsProof.proved.faults':
    'Processos terminados, que falham ou que param, e um servidor isolado por regras da sua firewall: o que o Wine suspende e o que a barreira trava',
  'windowsProof.proved.healing':
    'Que um servidor se repõe por si depois de um teste de failover em que o Triad foi terminado, também após um corte de energia',
  'windowsProof.proved.interruptions': 'Que uma instalação continua depois de uma ligação perdida, e que nada de outrem é tocado',
  'windowsProof.proved.maintenance': 'Manutenção de um servidor e de todos à vez, com reinícios',
  'windowsProof.proved.bundles':
    'Pacotes de configuração, os passos à mão como ficheiros batch, clusters adotados, validação só com o Redis',
  'windowsProof.proved.files':
    'Ficheiros substituídos num só passo e árvores removidas, com programas a correr e junto a ligações para pastas',
  'windowsProof.proved.transcripts':
    'O que o Windows responde em vinte situações difíceis, repetido byte a byte a partir de descrições de outros',
  'windowsProof.proved.scripts':
    'Cada script de PowerShell é analisado e limitado a uma lista de comandos; nenhum foi alguma vez executado pelo PowerShell',
  'windowsProof.gap.sshd': 'O sshd do próprio Windows Server 2019, 2022 e 2025, com cmd e com PowerShell como shell predefinida',
  'windowsProof.gap.rights': 'Contas de serviço virtuais e listas de acesso: que cada serviço possa o que precisa e nada mais',
  'windowsProof.gap.failureActions': 'Que o Windows recomece um serviço cujo programa morreu, e quando',
  'windowsProof.gap.preshutdown': 'Que o Windows, ao desligar, espere até o Redis ter gravado',
  'windowsProof.gap.restart': 'Quanto tempo depois de um reinício do Windows os serviços voltam a correr',
  'windowsProof.gap.redis':
    'A própria compilação msys2 do Redis: cluster e failover, limites de ligações, e gravar sob carga, o que copia todos os dados',
  'windowsProof.gap.memurai': 'Memurai: aqui só um substituto esteve alguma vez no seu lugar',
  'windowsProof.gap.longRun': 'Semanas de produção com essa compilação',
  'windowsProof.gap.defender': 'O Microsoft Defender ao lado, com e sem exclusões',
  'windowsProof.gap.otherAntivirus': 'Qualquer outro antivírus',
  'windowsProof.gap.frozen': 'Que um Redis msys2 com as threads suspensas volta como estava',
  'windowsProof.gap.cutOff': 'Que as regras de bloqueio da firewall do Windows travam de imediato as ligações que já estão abertas',
  'windowsProof.gap.firewall': 'A firewall do próprio Windows com as regras que o Triad faz',
  'windowsProof.gap.groupPolicy': 'Uma política de grupo que faz ignorar as regras locais de firewall',
  'windowsProof.gap.programPolicy': 'AppLocker e Windows Defender Application Control com um programa não assinado',
  'windowsProof.gap.uninstall': 'Que uma remoção não deixe nada no Windows',
} as const satisfies Record<keyof typeof english, string>;
