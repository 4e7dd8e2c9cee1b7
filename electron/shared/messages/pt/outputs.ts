import type { outputsTexts as english } from '../en/outputs.ts';

/** The texts of `en/outputs.ts` in Portuguese. */
export const outputsTexts = {
  'junit.on': 'em',
  'junit.expected': 'esperado',
  'junit.observed': 'observado',
  'junit.remedy': 'solução',
  'metrics.triad_validation_verdict':
    'Resultado da última validação: 0 com êxito, 2 funciona sem tolerância, 3 por apurar, 4 com falha ou não iniciada',
  'metrics.triad_validation_completed': '1 se a última validação chegou ao fim, 0 se não pôde começar, falhou a meio ou foi interrompida',
  'metrics.triad_validation_timestamp_seconds': 'Quando a última validação terminou ou desistiu, em tempo Unix',
  'metrics.triad_validation_passed_timestamp_seconds': 'Quando uma validação teve êxito pela última vez, em tempo Unix; 0 se nunca',
  'metrics.triad_validation_duration_seconds': 'Duração da última validação',
  'metrics.triad_checks': 'Verificações da última validação por resultado',
  'metrics.triad_check_verdict':
    'Pior resultado de uma verificação num servidor: -1 não se aplica, 0 com êxito, 1 aviso, 2 funciona sem tolerância, 3 por apurar, 4 com falha; sem servidor: do cluster',
  'metrics.triad_cluster_survives_loss':
    '1 se a última validação viu que o cluster continua sem este servidor; 0 se não, ou se não pôde ver',
  'metrics.triad_node_up': '1 se o node respondeu na última validação',
  'metrics.triad_node_role_as_planned': '1 se o node tem a função, o master e os slots do plano',
  'metrics.triad_roles_as_planned': '1 se todos os nodes têm as funções do plano; 0 se não, ou se não se pôde ver',
  'metrics.triad_replica_in_sync': '1 se o node acompanha o seu master: ligação ativa, primeira cópia feita, offset em dia',
  'metrics.triad_replication_lag_bytes': 'Bytes de atraso da replica em relação ao seu master',
  'metrics.triad_failover_test_timestamp_seconds':
    'Quando a perda deste servidor foi testada pela última vez, em tempo Unix; 0 se nunca desde a instalação',
  'metrics.triad_failover_test_outage_seconds': 'Quanto tempo o shard deste servidor esteve sem escritas no seu último teste de failover',
  'metrics.triad_failover_test_verdict':
    'Resultado do último teste de failover deste servidor: 0 com êxito, 1 aviso, 3 por apurar ou nunca testado, 4 com falha',
} as const satisfies Record<keyof typeof english, string>;
