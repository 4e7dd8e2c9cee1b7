import type { exportTexts as english } from '../en/export.ts';

/** The texts of `en/export.ts` in Portuguese. */
export const exportTexts = {
  'cli.about.export':
    'escrever um playbook de Ansible ou scripts (ficheiros de comandos para Windows) que constroem o mesmo cluster sem o Triad; não contacta nenhum servidor',
  'cli.option.as': 'ansible ou shell',
  'cli.option.exportBundle': 'usar o cluster deste pacote, em vez de uma especificação',
  'cli.option.exportOut': 'pasta a escrever; se já existir, tem de estar vazia ou ser uma exportação que ninguém alterou',
  'cli.export.as': '--as {{kind}}: são conhecidos {{known}}',
  'cli.export.oneSource': 'Indique o cluster com --spec FILE ou com --bundle FILE.',
  'cli.export.written': '{{folder}} está escrita: {{count}} ficheiros, {{size}}. Não contém nenhum segredo.',
  'cli.export.same': '{{folder}} já é esta exportação: nada foi escrito.',
  'cli.export.next': 'A seguir: {{file}}',
  'storage.folder.notListed': '{{file}} não é um dos seus ficheiros',
  'storage.folder.changed': '{{file}} foi alterado',
  'storage.folder.gone': 'falta {{file}}',
  'storage.folder.noList': 'não tem {{file}}',
  'storage.folder.noFolder': 'não é uma pasta',
} as const satisfies Record<Exclude<keyof typeof english, `change.readme.${string}`>, string>;
