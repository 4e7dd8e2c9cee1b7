import type { hostsTexts as english } from '../en/hosts.ts';

/** The texts of `en/hosts.ts` in Portuguese. */
export const hostsTexts = {
  'hosts.key.empty': 'o ficheiro está vazio',
  'hosts.key.none': 'não contém nenhuma chave',
  'hosts.key.public': 'é uma chave pública',
  'hosts.key.otherType': 'uma chave do tipo {{type}} tem de estar no formato OpenSSH',
  'hosts.noAnswer': 'sem resposta em {{seconds}} s',
  'hosts.exitCode': 'código de saída {{code}}',
  'hosts.notLinux': 'tem {{system}}, e não Linux',
  'hosts.earlierBatch': 'ainda estão em curso as alterações de uma execução anterior, cuja ligação se perdeu',
  'hosts.noProc': 'não é possível ler /proc',
  'hosts.shell.bash': 'o servidor SSH inicia uma shell de Unix; só são suportadas cmd e PowerShell (HKLM\\SOFTWARE\\OpenSSH, DefaultShell)',
  'hosts.shell.unknown': 'o servidor SSH inicia uma shell que não é cmd nem PowerShell: {{said}}',
  'hosts.architecture': 'é uma máquina do tipo {{architecture}}; só x64 é suportado',
  'hosts.defenderRefused': 'O Microsoft Defender não o aceitou: decide uma política ou a proteção contra adulteração',
  'hosts.defenderFailed': 'Não foi possível dizê-lo ao Microsoft Defender: {{reason}}',
  'hosts.notThere': '{{path}} não existe',
  'hosts.hashInReport': 'no relatório da execução',
  'hosts.noHelper': 'esta cópia do Triad não tem programa para servidores Windows',
  'hosts.constrainedLanguage':
    'uma política limita-lhe o PowerShell ({{mode}}): onde o programa do próprio Triad não pode correr, o bloqueio do servidor precisa do .NET, que lá lhe está fechado',
  'hosts.portInUse': 'já está em uso',
  'hosts.portReserved': 'reservada pelo Windows (netsh int ipv4 show excludedportrange tcp)',
  'hosts.otherVersion': 'com --version não diz {{version}}',
  'hosts.systemError': 'erro {{code}}',
  'hosts.settingsRefused': 'este Windows não aceitou estas definições do serviço: {{settings}}',
  'hosts.noBash': 'bash: não encontrado',
} as const satisfies Record<keyof typeof english, string>;
