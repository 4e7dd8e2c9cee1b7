import type { scheduleTexts as english } from '../en/schedule.ts';

/** The texts of `en/schedule.ts` in Portuguese. */
export const scheduleTexts = {
  'schedule.usage.kind': '--kind espera um de: {{known}}',
  'schedule.usage.every': '--every espera um de: {{known}}',
  'schedule.agent':
    'A especificação entra através de um agente SSH. Uma execução agendada não o tem: indique uma chave, ou defina SSH_AUTH_SOCK no ficheiro de ambiente.',
  'schedule.noMetrics': 'Sem --prometheus FILE nada é escrito para a monitorização; as regras de alerta precisam dele.',
  'schedule.description': 'Triad: validar o Redis Cluster {{cluster}}',
  'schedule.environment': 'Os segredos vêm de {{file}}, que só o seu dono pode ler (modo 0600):',
  'schedule.environment.fill': 'Depois escreva cada segredo entre as suas plicas.',
  'schedule.cron.head': 'O Triad valida {{cluster}}. Acrescente a última linha com `crontab -e`, como {{user}}.',
  'schedule.cron.log': 'Tudo o que escreve é acrescentado a {{file}}.',
  'schedule.systemd.head': 'O Triad valida {{cluster}}. Execute isto como root, ou retire daqui as duas unidades.',
  'schedule.systemd.try': 'Uma vez à mão: systemctl start {{service}}; o que escreveu: journalctl -u {{service}}',
  'schedule.task.head':
    'O Triad valida {{cluster}}. Guarde isto como triad.xml e depois: schtasks /Create /TN "Triad\\validate {{cluster}}" /XML triad.xml',
  'schedule.task.environment':
    'Os segredos ({{names}}) vêm de {{file}}, com uma linha @set "NAME=value" para cada um. Que mais ninguém o possa ler: icacls "{{file}}" /inheritance:r /grant:r "%USERNAME%:R"',
  'schedule.alerts.head':
    'Regras do Prometheus para as métricas que `triad validate --prometheus` escreve de {{cluster}}. Indique este ficheiro em rule_files.',
  'schedule.alert.notRun': '{{cluster}} não é validado há algum tempo: todos os outros valores são dessa altura',
  'schedule.alert.notCompleted': 'A última validação de {{cluster}} não pôde começar ou não chegou ao fim',
  'schedule.alert.verdict': 'A última validação de {{cluster}} não teve êxito',
  'schedule.alert.survives': 'Não está comprovado que {{cluster}} sobrevive à perda de {{server}}',
  'schedule.alert.roles': 'Os masters e as replicas de {{cluster}} não estão onde o plano os tem',
  'schedule.alert.lag': 'A replica {{node}} de {{cluster}} atrasa-se em relação ao seu master',
  'schedule.alert.sync': 'A replica {{node}} de {{cluster}} não acompanha o seu master',
  'schedule.alert.testOld': 'A perda de {{server}} de {{cluster}} não é testada há {{days}} dias',
  'schedule.alert.testFailed': 'O último teste de failover de {{server}} de {{cluster}} falhou',
  'cli.about.schedule': 'escrever o que faz esta máquina validar regularmente: cron, systemd, Task Scheduler, regras de alerta',
  'cli.option.kind': 'cron, systemd, task-scheduler ou alerts',
  'cli.option.every': 'com que frequência: 5m, 15m, 30m, 1h, 2h, 6h, 12h, 1d ou 7d',
  'cli.option.prometheus': 'escrever também o resultado para o textfile collector do node_exporter, por exemplo triad.prom',
  'cli.option.junit': 'escrever também o resultado em JUnit XML',
  'cli.about.exitCodes':
    'Códigos de saída:\n  0    com êxito\n  1    uma verificação, fase ou teste sem êxito\n  2    especificação ou utilização errada, ou ficheiro que não pôde ser escrito\n  3    sem acesso a um servidor\n  4    nada encontrado só com o Redis, mas as verificações que precisam de SSH ficaram por fazer\n  130  interrompido',
} as const satisfies Record<keyof typeof english, string>;
