import { Group, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { currentLanguage, type Language } from '../../electron/shared/domain/language.ts';
import { formatCount, formatDecimal } from '../../electron/shared/domain/reportFormat.ts';
import { say } from '../../electron/shared/messages/message.ts';
import { sayMachine } from '../../electron/shared/messages/subjectWords.ts';
import { withoutMarks } from '../../electron/shared/messages/typedParts.ts';
import { phaseTitle, type LogLevel, type LogLine } from '../state/logLine.ts';
import { useSession } from '../state/session.ts';
import { CopyButton } from './CopyButton.tsx';
import { Said } from './Said.tsx';
import { textOf, useText } from './useText.ts';
import classes from './LogView.module.css';

/** What a log view takes. */
export interface LogViewProps {
  readonly lines: readonly LogLine[];
  /** Only the lines of this server, and those of the cluster; null: all. */
  readonly server?: string | null;
  /** Only the lines of this phase; null: all. */
  readonly phase?: string | null;
  /** CSS height of the list. */
  readonly height?: string;
}

/** A line that is not wrapped. */
const LINE_PX = 22;
const LEAST = ['detail', 'info', 'warn', 'error'] as const satisfies readonly LogLevel[];
const isLevel = (value: string): value is LogLevel => LEAST.some((level) => level === value);

/** A moment of a run as `12.345`: seconds since it began, always with three digits, so that columns stay. */
function stamp(atMs: number): string {
  return formatDecimal(atMs / 1000, 3).padStart(8, ' ');
}

/** Where a line happened, for a person. It is kept as data: a line outlives a change of the language. */
function whereOf({ where }: LogLine): string | null {
  const [from = '', ...to] = where?.split(' → ') ?? [];
  return where === null ? null : [sayMachine(from), ...to].join(' → ');
}

/** One line as it is copied and searched. */
function lineText(line: LogLine): string {
  const place = [whereOf(line), line.phase === null ? null : say(phaseTitle(line.phase))].filter((part) => part !== null).join(' · ');
  return [stamp(line.atMs), place, withoutMarks(say(line.text))].filter((part) => part !== '').join('  ');
}

/** The lines that a filter leaves. */
export function filterLog(
  lines: readonly LogLine[],
  filter: { readonly server: string | null; readonly phase: string | null; readonly least: LogLevel; readonly words: string },
): readonly LogLine[] {
  const words = filter.words.trim().toLocaleLowerCase();
  const least = LEAST.indexOf(filter.least);
  if (filter.server === null && filter.phase === null && least === 0 && words === '') return lines;
  return lines.filter(
    (line) =>
      (filter.server === null || line.server === null || line.server === filter.server) &&
      (filter.phase === null || line.phase === filter.phase) &&
      LEAST.indexOf(line.level) >= least &&
      (words === '' || searchText(line).includes(words)),
  );
}

/** Lines as they are searched, in the language that they were last searched in: wording thousands again at every key would be felt. */
const searched = new WeakMap<LogLine, { readonly language: Language; readonly text: string }>();

function searchText(line: LogLine): string {
  const known = searched.get(line);
  const language = currentLanguage();
  if (known?.language === language) return known.text;
  const text = lineText(line).toLocaleLowerCase();
  searched.set(line, { language, text });
  return text;
}

/** The words of a line. Lines never change, so that only those that come into sight are worded; the language is named because they depend on it. */
const LogRow = memo(function LogRow({ line }: { readonly line: LogLine; readonly language: Language }): ReactNode {
  return (
    <>
      <span className={classes['time']}>{stamp(line.atMs)}</span>
      <span className={classes['where']} title={whereOf(line) ?? undefined}>
        {whereOf(line) ?? ''}
      </span>
      <span className={classes['text']}>
        {line.level === 'warn' || line.level === 'error' ? <b>{textOf(`window.log.is.${line.level}`)} </b> : null}
        {line.phase === null ? null : <span className={classes['phase']}>{say(phaseTitle(line.phase))}: </span>}
        <Said>{say(line.text)}</Said>
      </span>
    </>
  );
});

/** A run's log: only the lines in sight are drawn; it follows the newest line until it is scrolled up. */
export function LogView({ lines, server = null, phase = null, height = '20rem' }: LogViewProps): ReactNode {
  const text = useText();
  const language = useSession((session) => session.language);
  const [words, setWords] = useState('');
  const [least, setLeast] = useState<LogLevel>('detail');
  const shown = useMemo(() => filterLog(lines, { server, phase, least, words }), [lines, server, phase, least, words]);
  const frame = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  // Its functions change without their identity: memoising compilers skip this component, which is right.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE_PX,
    overscan: 2,
    // It opens at the newest line: rows that would be drawn first only to be scrolled past cost a frame.
    initialOffset: () => shown.length * LINE_PX,
    // Drawn with the next frame: what scrolled while thousands of lines arrive must not be drawn twice in one.
    useFlushSync: false,
    getItemKey: (index) => shown[index]?.seq ?? index,
  });
  useEffect(() => {
    if (isFollowing.current && shown.length > 0) virtual.scrollToIndex(shown.length - 1, { align: 'end' });
  }, [shown.length, virtual]);

  return (
    <div className={classes['log']}>
      <Group gap="xs" mb={8} align="end">
        <TextInput
          className={classes['words'] ?? ''}
          size="xs"
          aria-label={text('window.log.filter')}
          placeholder={text('window.log.filter')}
          leftSection={<IconSearch size="0.875rem" aria-hidden />}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
          }}
        />
        <NativeSelect
          size="xs"
          aria-label={text('window.log.level')}
          value={least}
          data={LEAST.map((level) => ({ value: level, label: text(`window.log.level.${level}`) }))}
          onChange={(event) => {
            if (isLevel(event.currentTarget.value)) setLeast(event.currentTarget.value);
          }}
        />
        <span className={classes['count']} aria-live="off">
          {shown.length === lines.length
            ? text('window.log.count', { count: formatCount(lines.length) })
            : text('window.log.countOf', { count: formatCount(shown.length), all: formatCount(lines.length) })}
        </span>
        <CopyButton label={text('window.log.copy')} isDisabled={shown.length === 0} value={() => shown.map(lineText).join('\n')} />
      </Group>
      <div
        ref={frame}
        className={classes['frame']}
        style={{ height }}
        role="log"
        aria-live="off"
        aria-label={text('window.log.label')}
        // Scrolls by itself, so the keyboard must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          isFollowing.current = scrollHeight - scrollTop - clientHeight < 40;
        }}
      >
        {shown.length === 0 ? (
          <p className={classes['nothing']}>{text(lines.length === 0 ? 'window.log.empty' : 'window.log.noMatch')}</p>
        ) : null}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const line = shown[item.index];
            return line === undefined ? null : (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                data-level={line.level}
                className={classes['line']}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogRow line={line} language={language} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
