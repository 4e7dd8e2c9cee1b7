import type { checkTexts as english } from '../en/check.ts';
import { clusterCheckTexts } from './checkCluster.ts';
import { nodeCheckTexts } from './checkNode.ts';
import { pairCheckTexts } from './checkPair.ts';
import { serverCheckTexts } from './checkServer.ts';

/** The texts of `en/check.ts` in Portuguese. */
export const checkTexts = {
  'check.unobserved.expected': 'O servidor pode ser observado',
  'check.unobserved.observed': 'Não observado: {{reason}}',
  'check.unobserved.noReason': 'Não observado',
  'check.unobserved.remedy': 'Assegure que se chega a {{server}} e execute o mesmo comando de novo.',
  'check.redisOnly.observed': 'Não observado: só com acesso ao Redis não se chega aos servidores',
  'check.redisOnly.remedy': 'Valide sem --redis-only, a partir de um computador com SSH para os três servidores.',
  'check.windows.observed': 'Não se aplica: o servidor tem Windows',
  'check.windows.remedy':
    'Em {{server}}, como administrador: veja os serviços (`sc.exe query NAME`) e os ficheiros redis.log e service.log nas pastas dos nodes abaixo de {{folder}}; `sc.exe start NAME` inicia um. Depois execute `triad validate`.',
  'check.adopted.observed': 'Não se aplica: este cluster não foi instalado pelo Triad',
  'check.adopted.remedy': 'Corrija-o pela forma como foi instalado: o Triad nada altera num cluster que não instalou.',
  'check.adopted.roles.remedy':
    'Em cada node que devia ser master e agora é replica: `redis-cli -h ADDRESS -p PORT CLUSTER FAILOVER`, um de cada vez. O Triad nada altera num cluster que não instalou.',
  'check.unread.remedy': 'Execute o mesmo comando de novo. Se continuar assim, comunique-o com o registo da execução.',
  ...serverCheckTexts,
  ...pairCheckTexts,
  ...nodeCheckTexts,
  ...clusterCheckTexts,
} as const satisfies Record<keyof typeof english, string>;
