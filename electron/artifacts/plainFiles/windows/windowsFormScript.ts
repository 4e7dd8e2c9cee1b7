import { formatSlots } from '../../../shared/domain/layout.ts';
import type { ClusterPlan, NodeSpec } from '../../../shared/domain/plan.ts';
import { windowsClientOf } from '../../bundle/windowsScripts.ts';
import { serviceProgramPathOn } from '../../windows/serviceIni.ts';
import { batchHead, batchText, call, READ_PASSWORD, refuse, runMain } from './batchParts.ts';

/** How often is looked again, about a second apart, before what does not come is given up. */
const PATIENCE = 60;

/** A place as CLUSTER NODES writes it, between signs that stand in no other: one address may end as another one begins. */
function placeOf({ address, dataPort }: NodeSpec): string {
  return `@${address}:${dataPort}@`;
}

/** Each shard by the numbers of its planned master and replica, with its slots. */
function shardsOf(plan: ClusterPlan): readonly { readonly master: number; readonly replica: number; readonly slots: string }[] {
  const numberOf = (id: string | null): number => plan.nodes.findIndex((node) => node.id === id) + 1;
  return plan.nodes
    .filter(({ replicaOf }) => replicaOf !== null)
    .map((replica) => {
      const slots = plan.nodes.find(({ id }) => id === replica.replicaOf)?.slots ?? null;
      return { master: numberOf(replica.replicaOf), replica: numberOf(replica.id), slots: slots === null ? '' : formatSlots([slots]) };
    })
    .toSorted((a, b) => a.master - b.master);
}

/** The slots of the shard that a node belongs to. */
function slotsOf(plan: ClusterPlan, number: number): string {
  return shardsOf(plan).find(({ master, replica }) => master === number || replica === number)?.slots ?? '';
}

/** What a node is, by its number: a part for each, that `:at` goes to. */
function nodeParts(plan: ClusterPlan): readonly string[] {
  return plan.nodes.flatMap((node, index) => [
    `:at_${index + 1}`,
    `set "NAME=${node.id}"`,
    `set "ADDRESS=${node.address}"`,
    `set "PORT=${node.dataPort}"`,
    `set "BUS=${node.busPort}"`,
    `set "PLACE=${placeOf(node)}"`,
    `set "SLOTS=${slotsOf(plan, index + 1)}"`,
    `set "EPOCH=${node.configEpoch}"`,
    'exit /b 0',
  ]);
}

/** The order of a formation: everything is looked at before the first command is sent. */
function mainLines(plan: ClusterPlan): readonly string[] {
  const numbers = plan.nodes.map((_, index) => index + 1);
  const shards = shardsOf(plan);
  const others = numbers.slice(1);
  return [
    ...call('password'),
    'rem The client reads it from here; an argument could be read by everybody.',
    'set "REDISCLI_AUTH=%TRIAD_SECRET%"',
    ...numbers.flatMap((number) => call(`await ${number}`)),
    ...numbers.flatMap((number) => call(`examine ${number}`)),
    ...shards.flatMap(({ master, replica }, index) => call(`shard ${index + 1} ${master} ${replica}`)),
    '',
    'rem An epoch is only taken by a node that has met nobody: all of them before the first meets another.',
    ...numbers.flatMap((number) => call(`epoch ${number}`)),
    ...shards.flatMap(({ master, slots }, index) => [
      `if defined FREE_${index + 1} call :change ${master} "CLUSTER ADDSLOTSRANGE ${slots.replace('-', ' ')}"`,
      'if not "%ERRORLEVEL%"=="0" exit /b 1',
    ]),
    ...others.flatMap((number) => call(`meet 1 ${number}`)),
    ...numbers.flatMap((number) => call(`await_peers ${number}`)),
    ...shards.flatMap((_, index) => call(`replicate %OTHER_${index + 1}% %OWNER_${index + 1}%`)),
    ...numbers.flatMap((number) => call(`await_state ${number}`)),
    ...shards.flatMap((_, index) => call(`await_copy %OTHER_${index + 1}%`)),
    ...shards.flatMap(({ master, slots }, index) => [
      `if not "%OWNER_${index + 1}%"=="${master}" echo The planned master of ${slots} is its replica now: they exchanged roles in a failover, which is no fault.`,
    ]),
    `echo The cluster ${plan.cluster} stands: ${plan.nodes.length} nodes, all slots served, every replica in step.`,
    'exit /b 0',
  ];
}

/** One command of a client, with everything it says in a file; a wrong password is told in it, too. */
const ASK = (words: string, file: string): string => `"%CLI%" -h %ADDRESS% -p %PORT% ${words} <nul >"%WORK%\\${file}" 2>&1`;

/** Waits a second, and gives up after too many. */
const PAUSE: readonly string[] = [
  ':pause',
  'set /a PATIENCE-=1',
  `if %PATIENCE% LEQ 0 ${refuse('it took too long: %~1')}`,
  'if %PATIENCE% LEQ 0 exit /b 1',
  'ping.exe -n 2 127.0.0.1 >nul',
  'exit /b 0',
];

/** What is looked at, and refused before anything is sent. */
function lookParts(plan: ClusterPlan): readonly string[] {
  const numbers = plan.nodes.map((_, index) => index + 1);
  return [
    'rem await NUMBER: until it answers as a member of a cluster, with this password',
    ':await',
    'call :at %1',
    ASK('CLUSTER NODES', 'nodes.%1'),
    'find "myself" <"%WORK%\\nodes.%1" >nul',
    'if "%ERRORLEVEL%"=="0" goto answered',
    ...['AUTH failed', 'NOAUTH', 'WRONGPASS'].flatMap((words) => [
      `find "${words}" <"%WORK%\\nodes.%1" >nul`,
      `if "%ERRORLEVEL%"=="0" ${refuse('%NAME% does not take the password: is it another Redis?')}`,
      `find "${words}" <"%WORK%\\nodes.%1" >nul`,
      'if "%ERRORLEVEL%"=="0" exit /b 1',
    ]),
    'find "cluster support disabled" <"%WORK%\\nodes.%1" >nul',
    `if "%ERRORLEVEL%"=="0" ${refuse('%NAME% is no cluster node: it is another Redis.')}`,
    'find "cluster support disabled" <"%WORK%\\nodes.%1" >nul',
    'if "%ERRORLEVEL%"=="0" exit /b 1',
    ...call('pause "%NAME% does not answer."'),
    'goto await',
    ':answered',
    ASK('CLUSTER INFO', 'info.%1'),
    ASK('DBSIZE', 'keys.%1'),
    ...call('read %1'),
    '>>"%WORK%\\ids" echo %PLACE%%OWN_ID%',
    'exit /b 0',
    '',
    'rem read NUMBER: what a node says of itself, and its acquaintances into known.NUMBER',
    ':read',
    'set "KNOWN=0"',
    'set "STRANGER="',
    '>"%WORK%\\known.%1" echo nobody',
    'for /f "usebackq tokens=1-4,8*" %%a in ("%WORK%\\nodes.%1") do call :line %1 %%a "%%b" "%%c" %%d "%%f"',
    `if defined STRANGER ${refuse('%NAME% knows a node that is not of this cluster: %STRANGER%')}`,
    'if defined STRANGER exit /b 1',
    'exit /b 0',
    '',
    'rem line NUMBER ID PLACE FLAGS MASTER SLOTS: of CLUSTER NODES',
    ':line',
    'set "FLAGS=%~4"',
    'if not "%FLAGS:myself=%"=="%FLAGS%" goto own_line',
    'if not "%FLAGS:noaddr=%"=="%FLAGS%" exit /b 0',
    'set "WHERE="',
    'for /f "tokens=1 delims=@" %%p in ("%~3") do set "WHERE=@%%p@"',
    ...plan.nodes.map((node) => `if "%WHERE%"=="${placeOf(node)}" goto member`),
    'set "STRANGER=%~3"',
    'exit /b 0',
    ':member',
    'if not "%FLAGS:handshake=%"=="%FLAGS%" exit /b 0',
    'set /a KNOWN+=1',
    '>>"%WORK%\\known.%1" echo %WHERE%%2',
    'exit /b 0',
    ':own_line',
    'set "OWN_ID=%2"',
    'set "OWN_FLAGS=%FLAGS%"',
    'set "OWN_MASTER=%5"',
    'set "OWN_SLOTS=%~6"',
    'exit /b 0',
    '',
    'rem examine NUMBER: nobody of another cluster, no slots of another shard, no keys that joining could discard',
    ':examine',
    'call :at %1',
    ...call('read %1'),
    'set "OTHER="',
    'for /f "usebackq delims=" %%k in ("%WORK%\\known.%1") do call :is_member %%k',
    `if defined OTHER ${refuse('%NAME% knows another node at %OTHER% than the one that answers there.')}`,
    'if defined OTHER exit /b 1',
    'if not defined OWN_SLOTS goto slots_are_right',
    `if not "%OWN_SLOTS%"=="%SLOTS%" ${refuse('%NAME% serves slots which are not planned for its shard: %OWN_SLOTS%')}`,
    'if not "%OWN_SLOTS%"=="%SLOTS%" exit /b 1',
    ':slots_are_right',
    'set "KEYS="',
    'set "ODD="',
    'for /f "usebackq" %%k in ("%WORK%\\keys.%1") do set "KEYS=%%k"',
    'if not defined KEYS set "ODD=yes"',
    'for /f "delims=0123456789" %%k in ("%KEYS%") do set "ODD=%%k"',
    `if defined ODD ${refuse('%NAME% does not tell how many keys it holds.')}`,
    'if defined ODD exit /b 1',
    'if "%KEYS%"=="0" exit /b 0',
    `if %KNOWN% LSS ${Math.ceil(plan.nodes.length / 2)} ${refuse('%NAME% holds %KEYS% keys and is not in this cluster yet: joining could discard them.')}`,
    `if %KNOWN% LSS ${Math.ceil(plan.nodes.length / 2)} exit /b 1`,
    'exit /b 0',
    '',
    ':is_member',
    'if "%1"=="nobody" exit /b 0',
    'find "%1" <"%WORK%\\ids" >nul',
    'if not "%ERRORLEVEL%"=="0" set "OTHER=%1"',
    'exit /b 0',
    '',
    'rem shard SHARD MASTER REPLICA: who has its slots, or gets them; one whose nodes exchanged their roles is complete',
    ':shard',
    ...call('read_at %2'),
    'set "SLOTS_OF_MASTER=%OWN_SLOTS%"',
    ...call('read_at %3'),
    `if defined SLOTS_OF_MASTER if defined OWN_SLOTS ${refuse('both nodes of the slots %SLOTS% serve them.')}`,
    'if defined SLOTS_OF_MASTER if defined OWN_SLOTS exit /b 1',
    'set "FREE_%1="',
    'set "OWNER_%1=%2"',
    'set "OTHER_%1=%3"',
    'if defined SLOTS_OF_MASTER goto owned',
    'if defined OWN_SLOTS goto exchanged',
    'rem Somebody may hold the data and be about to take over.',
    'set "HELD="',
    ...numbers.flatMap((number) => [`find " %SLOTS%" <"%WORK%\\nodes.${number}" >nul`, 'if "%ERRORLEVEL%"=="0" set "HELD=yes"']),
    `if defined HELD ${refuse('the slots %SLOTS% have no master now, and had one: wait for it.')}`,
    'if defined HELD exit /b 1',
    'set "FREE_%1=yes"',
    'goto owned',
    ':exchanged',
    'set "OWNER_%1=%3"',
    'set "OTHER_%1=%2"',
    'call :follows %2 %3',
    'exit /b %ERRORLEVEL%',
    ':owned',
    'call :follows %3 %2',
    'exit /b %ERRORLEVEL%',
    '',
    'rem follows NUMBER MASTER: a replica of another node than planned is refused',
    ':follows',
    ...call('read_at %2'),
    'set "MASTER_ID=%OWN_ID%"',
    ...call('read_at %1'),
    'if "%OWN_FLAGS:slave=%"=="%OWN_FLAGS%" exit /b 0',
    'if "%OWN_MASTER%"=="%MASTER_ID%" exit /b 0',
    refuse('%NAME% replicates another node than planned.'),
    'exit /b 1',
    '',
    ':read_at',
    'call :at %1',
    'call :read %1',
    'exit /b %ERRORLEVEL%',
  ];
}

/** What changes something, and what waits for it. */
function changeParts(plan: ClusterPlan): readonly string[] {
  const count = plan.nodes.length;
  return [
    'rem change NUMBER WORDS: sends a command that must be taken, and tells it',
    ':change',
    'call :at %1',
    'set "ANSWER="',
    ASK('%~2', 'answer'),
    'for /f "usebackq delims=" %%l in ("%WORK%\\answer") do set "ANSWER=%%l"',
    'if "%ANSWER%"=="OK" goto taken',
    '>&2 type "%WORK%\\answer"',
    refuse('%NAME% did not take %~2'),
    'exit /b 1',
    ':taken',
    'echo changed: %NAME%: %~2',
    'exit /b 0',
    '',
    ':epoch',
    'call :at %1',
    ...call('read %1'),
    'if not "%KNOWN%"=="0" exit /b 0',
    'find "cluster_current_epoch:0" <"%WORK%\\info.%1" >nul',
    'if not "%ERRORLEVEL%"=="0" exit /b 0',
    'find "cluster_my_epoch:0" <"%WORK%\\info.%1" >nul',
    'if not "%ERRORLEVEL%"=="0" exit /b 0',
    'call :change %1 "CLUSTER SET-CONFIG-EPOCH %EPOCH%"',
    'exit /b %ERRORLEVEL%',
    '',
    'rem meet NUMBER OTHER: the first one greets all, and they hear of one another from it',
    ':meet',
    'call :at %2',
    'find "%PLACE%" <"%WORK%\\known.%1" >nul',
    'if "%ERRORLEVEL%"=="0" exit /b 0',
    'call :change %1 "CLUSTER MEET %ADDRESS% %PORT% %BUS%"',
    'exit /b %ERRORLEVEL%',
    '',
    ':await_peers',
    'call :at %1',
    ASK('CLUSTER NODES', 'nodes.%1'),
    ...call('read %1'),
    `if "%KNOWN%"=="${count - 1}" exit /b 0`,
    ...call('pause "%NAME% does not know all others yet."'),
    'goto await_peers',
    '',
    'rem replicate NUMBER MASTER',
    ':replicate',
    ...call('read_at %2'),
    'set "MASTER_ID=%OWN_ID%"',
    ...call('read_at %1'),
    'if not "%OWN_FLAGS:slave=%"=="%OWN_FLAGS%" exit /b 0',
    'call :change %1 "CLUSTER REPLICATE %MASTER_ID%"',
    'exit /b %ERRORLEVEL%',
    '',
    ':await_state',
    'call :at %1',
    ASK('CLUSTER INFO', 'info.%1'),
    'set "MISSING="',
    ...['cluster_state:ok', `cluster_known_nodes:${count}`, 'cluster_slots_ok:16384'].flatMap((words) => [
      `find "${words}" <"%WORK%\\info.%1" >nul`,
      'if not "%ERRORLEVEL%"=="0" set "MISSING=yes"',
    ]),
    'if not defined MISSING exit /b 0',
    ...call('pause "%NAME% does not find the cluster complete."'),
    'goto await_state',
    '',
    ':await_copy',
    'call :at %1',
    ASK('INFO replication', 'replication'),
    'find "master_link_status:up" <"%WORK%\\replication" >nul',
    'if "%ERRORLEVEL%"=="0" exit /b 0',
    ...call('pause "%NAME% has no copy of the data of its master yet."'),
    'goto await_copy',
  ];
}

/**
 * The batch file that joins six running nodes on Windows servers, by the rules of `renderFormScript`: what is missing is done, and what is odd is refused and left as it is.
 * One difference: the first node greets all others, and they hear of one another from it. For a cluster that has a Linux server there is the script for its shell.
 */
export function renderWindowsFormScript(plan: ClusterPlan): string {
  const server = plan.servers[0]?.name ?? '';
  return batchText([
    ...batchHead([
      `Joins the ${plan.nodes.length} nodes of the cluster ${plan.cluster}: slots, acquaintances, replicas. Does what is missing, and nothing twice.`,
      'Refuses nodes that hold keys outside of this cluster, know other nodes, or do not take the password; nothing is sent to them then.',
      'Run it on any one of the servers: form-cluster.cmd PASSWORD-FILE',
    ]),
    `set "WORK=%SystemRoot%\\Temp\\triad-${plan.cluster}-form"`,
    `set "CLI=${windowsClientOf(plan, server)}"`,
    `set "PATIENCE=${PATIENCE}"`,
    ...runMain(['if exist "%WORK%" rd /s /q "%WORK%"']),
    '',
    ':main',
    `if not exist "%CLI%" ${refuse('there is no %CLI%: run install-NAME.cmd before.')}`,
    'if not exist "%CLI%" exit /b 1',
    `${serviceProgramPathOn(plan, server) ?? ''} stage "%WORK%" >nul`,
    `if not "%ERRORLEVEL%"=="0" ${refuse('no folder for administrators can be made: run this as an administrator, with all rights.')}`,
    'if not "%ERRORLEVEL%"=="0" exit /b 1',
    ...mainLines(plan),
    '',
    ...READ_PASSWORD,
    '',
    ...PAUSE,
    '',
    ':at',
    'goto at_%1',
    ...nodeParts(plan),
    '',
    ...lookParts(plan),
    '',
    ...changeParts(plan),
  ]);
}
