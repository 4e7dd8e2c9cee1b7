import type { ReactNode } from 'react';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { maxMemoryBytesOf } from '../../../electron/shared/domain/draftValues.ts';
import { memoryNeedOf, memoryRoomOf, mostMemoryFor } from '../../../electron/shared/domain/memoryNeed.ts';
import { formatBytes } from '../../../electron/shared/domain/reportFormat.ts';
import type { Verdict } from '../../../electron/shared/domain/verdict.ts';
import { useDraft } from '../../state/draft.ts';
import { useServerTests, type TestState } from '../../state/serverTests.ts';
import { SelectField, TextField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './redis.module.css';

/** Processes of Redis on each server: a master and a replica. */
const PROCESSES = 2;

const VERDICTS: Readonly<Record<ReturnType<typeof memoryRoomOf>, Verdict>> = { enough: 'pass', tight: 'warn', tooLittle: 'fail' };

interface Machines {
  readonly servers: readonly string[];
  readonly memoryBytes: number;
}

/** Servers with the same memory together, in their order; those that were not reached are left out. */
function machinesOf(draft: Draft, tests: readonly TestState[]): readonly Machines[] {
  const found = new Map<number, string[]>();
  tests.forEach((test, index) => {
    if ((test.kind !== 'done' && test.kind !== 'stale') || test.result.kind !== 'reached') return;
    const { memoryBytes } = test.result.glimpse;
    found.set(memoryBytes, [...(found.get(memoryBytes) ?? []), draft.servers[index]?.name ?? '']);
  });
  return [...found].map(([memoryBytes, servers]) => ({ servers, memoryBytes }));
}

/** How much each process may hold, and what that means for the servers as they were found; what is kept on disk. */
export function MemoryFields(): ReactNode {
  const text = useText();
  const { redis } = useDraft(({ draft }) => draft);
  const edit = useDraft((open) => open.edit);
  return (
    <>
      <TextField
        label={text('window.redis.memory')}
        help={text('window.redis.memory.help')}
        path="redis.maxMemory"
        value={redis.maxMemory}
        isMono
        note={<MemoryNote />}
        onChange={(maxMemory) => {
          edit((draft) => ({ ...draft, redis: { ...draft.redis, maxMemory } }));
        }}
      />
      <SelectField
        label={text('window.redis.persistence')}
        help={text('window.redis.persistence.help')}
        path="redis.persistence"
        value={redis.persistence}
        options={(['aof', 'rdb', 'none'] as const).map((value) => ({ value, label: text(`window.redis.persistence.${value}`) }))}
        note={text(`window.redis.persistence.${redis.persistence}.note`)}
        onChange={(persistence) => {
          edit((draft) => ({ ...draft, redis: { ...draft.redis, persistence } }));
        }}
      />
    </>
  );
}

function MemoryNote(): ReactNode {
  const text = useText();
  const draft = useDraft((open) => open.draft);
  const tests = useServerTests();
  const maxMemoryBytes = maxMemoryBytesOf(draft);
  if (maxMemoryBytes === null) return null;
  const need = memoryNeedOf(PROCESSES, maxMemoryBytes);
  const machines = machinesOf(draft, tests);
  return (
    <span className={classes['lines']}>
      <span>{text('window.redis.memory.need', { full: formatBytes(need.fullBytes), saving: formatBytes(need.savingBytes) })}</span>
      {machines.length === 0 ? <span>{text('window.redis.memory.unknown')}</span> : null}
      {machines.map(({ servers, memoryBytes }) => {
        const room = memoryRoomOf(need, memoryBytes);
        const values = { servers: servers.join(', '), memory: formatBytes(memoryBytes) };
        return (
          <VerdictMark
            key={memoryBytes}
            verdict={VERDICTS[room]}
            label={
              room === 'enough'
                ? text('window.redis.memory.enough', values)
                : text(`window.redis.memory.${room}`, { ...values, most: mostMemoryFor(PROCESSES, memoryBytes) })
            }
          />
        );
      })}
    </span>
  );
}
