import type { verifyTexts as english } from '../en/verify.ts';

/** The texts of `en/verify.ts` in Portuguese. */
export const verifyTexts = {
  'cli.about.report': 'relatórios já escritos: verificar',
  'cli.about.reportVerify':
    'comparar um relatório (HTML, JSON ou Markdown) com o registo da sua execução; código de saída 0: corresponde e o registo está completo, 1: o relatório ou o registo foi alterado, 2: não há registo ou não há relatório, 4: o registo corresponde, mas não fecha a execução, ou o relatório é de outra versão e não pode ser comparado',
  'cli.option.verifyRun': 'pasta com o registo da execução (events.ndjson ou record.jsonl.gz); sem ela, é procurado',
  'cli.verify.matches': '{{file}} corresponde: é, byte a byte, o que este Triad faz do registo da sua execução.',
  'cli.verify.hash': 'SHA-256 do registo: {{sha256}} (execução {{runId}})',
  'cli.verify.place.named': 'O registo é o indicado por --run.',
  'cli.verify.place.history': 'O registo é o que está entre as execuções guardadas neste computador.',
  'cli.verify.place.beside': 'O registo é o que está ao lado do relatório.',
  'cli.verify.place.attached':
    'O registo é o que está no próprio relatório. Uma alteração feita aos dois em conjunto não seria detetada: compare o hash com um que tenha sido anotado noutro lugar.',
  'cli.verify.complete': 'O registo está completo: o seu último evento fecha a execução.',
  'cli.verify.incomplete':
    'O registo está incompleto: o seu último evento não fecha a execução. A execução foi interrompida, ou o registo foi cortado depois de uma linha inteira, e daqui não se sabe o que falta.',
  'cli.verify.goesOn':
    'O relatório cobre só o início do registo, que continua: foi feito antes de a execução continuar. Escreva-o de novo com `triad history show {{runId}} --report FOLDER`.',
  'cli.verify.lineEnds': 'Só os fins de linha são outros, como os alteram o correio eletrónico e os repositórios.',
  'cli.verify.recordOnly': 'O registo é aquele de que {{file}} foi feito. O que o relatório diz dele não foi comparado.',
  'cli.verify.otherVersion':
    'O relatório é do Triad {{theirs}} e este é o {{ours}}, que redige os relatórios à sua maneira: verifique com o {{theirs}} para saber mais.',
  'cli.verify.unreadable': 'Este Triad não consegue ler um registo com eventos destes.',
  'cli.verify.reportAltered': '{{file}} foi alterado: difere na linha {{line}}, coluna {{column}}, do que este Triad faz do registo.',
  'cli.verify.expected': '  devia ser: {{text}}',
  'cli.verify.found': '  é:         {{text}}',
  'cli.verify.recordAltered': 'O registo da execução foi alterado, ou não é o deste relatório: o seu SHA-256 é {{sha256}}.',
  'cli.verify.missing': 'Não há aqui nenhum registo da execução {{runId}}: indique a pasta que o tem com --run PASTA.',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
