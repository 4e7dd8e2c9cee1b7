import type { windowAdoptTexts as english } from '../en/windowAdopt.ts';

/** Palavras da janela sobre um cluster que não foi instalado pelo Triad. */
export const windowAdoptTexts = {
  'window.adopt.open': 'Procurar um cluster em funcionamento',
  'window.adopt.title': 'Um cluster que o Triad não instalou',
  'window.adopt.lead': 'O Triad pergunta a um node pelos outros, e lê o que dizem de si próprios. Nada é alterado no cluster.',
  'window.adopt.address': 'Endereço de um node',
  'window.adopt.address.about': 'Um endereço IP com a sua porta, como 10.0.0.1:6379. Sem porta, pergunta-se à 7000.',
  'window.adopt.address.wrong': 'Isto não é um endereço IP com uma porta.',
  'window.adopt.password': 'Palavra-passe do Redis',
  'window.adopt.password.about': 'Deixe vazio se o cluster não tiver nenhuma.',
  'window.adopt.name': 'Como lhe chamar',
  'window.adopt.find': 'Encontrar os seus nodes',
  'window.adopt.finding': 'A perguntar aos nodes',
  'window.adopt.found': 'Responderam seis nodes em três servidores, como o Triad conhece um cluster. Ainda nada foi escrito.',
  'window.adopt.picture': 'O cluster tal como foi encontrado',
  'window.adopt.specification': 'A especificação que é guardada',
  'window.adopt.keep.about': 'Escolha onde se guarda a especificação; depois o cluster é validado só com acesso ao Redis.',
  'window.adopt.keep': 'Guardar e validar',
  'window.adopt.deviates': 'Este cluster não é como o Triad conhece um. Nada foi escrito. O que se desvia:',
  'window.adopt.back': 'Voltar',
  'window.adopt.only.title': 'O Triad não instalou {{cluster}}',
  'window.adopt.only.lead': 'Valida este cluster e nada altera nele, por isso não há nada a fazer neste passo.',
  'window.adopt.only.report': 'Ir para o relatório',
  'window.remedy.spec.notInstalledByTriad': 'Valide-o: a partir do seu cartão no Início, ou no passo Relatório.',
} as const satisfies Record<keyof typeof english, string>;
