/** O que o núcleo diz à janela: diálogos, avisos, servidores de treino. */
export const windowCoreTexts = {
  'window.core.runEnded': 'Triad: {{cluster}}',
  'window.core.runPassed': 'A execução terminou: tudo foi aprovado.',
  'window.core.runNotPassed': 'A execução terminou e precisa da sua atenção.',
  'window.core.chooseKey': 'Escolher uma chave privada',
  'window.core.chooseArchive': 'Escolher um arquivo com a sua própria compilação',
  'window.core.openSpec': 'Abrir uma especificação',
  'window.core.exportSpec': 'Guardar como especificação',
  'window.core.exportPlan': 'Guardar o plano',
  'window.core.saveReport': 'Guardar o relatório',
  'window.core.allFiles': 'Todos os ficheiros',
  'window.core.chooseWindowsArchive': 'Escolher o arquivo com o Redis para servidores Windows',
  'window.core.zips': 'Arquivos para Windows (zip)',
  'window.core.archives': 'Arquivos (tar.gz)',
  'window.core.specs': 'Especificações',
  'window.core.specsAndBundles': 'Especificações e pacotes',
  'window.core.exportBundle': 'Guardar o pacote de configuração',
  'window.core.chooseFolder': 'Escolha onde fica a pasta {{folder}}',
  'window.core.chooseBundle': 'Escolher um pacote de configuração',
  'window.core.bundles': 'Pacotes de configuração',
  'window.core.texts': 'Textos',
  'window.core.oneServer': 'Indique o único servidor da manutenção. Conhecem-se: {{known}}',
  'window.core.practice.platform': 'Os servidores de treino precisam de Linux com systemd; este sistema é {{platform}}.',
  'window.core.practice.packaged': 'Os servidores de treino fazem parte do código-fonte, não do programa instalado.',
  'window.core.practice.root':
    'Os servidores de treino precisam de direitos de root neste computador; inicie o Triad a partir do código-fonte como root.',
  'window.core.practice.windowsX64':
    'Os servidores de treino Windows precisam de um computador com processador x64; este tem {{architecture}}.',
  'window.core.practice.windowsWine':
    'Os servidores de treino Windows precisam do Wine e do mingw-w64, e este computador não tem apt-get para os instalar.',
  'window.core.practice.others': 'Estão a funcionar servidores de treino de outro tipo: `npm run practice -- down` retira-os.',
  'window.core.practice.failed': 'não foi possível iniciar os servidores de treino (código de saída {{code}}): {{said}}',
} as const;
