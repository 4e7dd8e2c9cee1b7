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
  'hosts.noBash': 'bash: não encontrado',
} as const satisfies Record<keyof typeof english, string>;
