import { Button, Modal, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconBraces,
  IconCopy,
  IconFileTypePdf,
  IconFileZip,
  IconFolderOpen,
  IconMarkdown,
  IconWorld,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { ReportFormat } from '../../electron/shared/contract/procedures.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { call } from '../bridge/client.ts';
import { useSession } from '../state/session.ts';
import { FailurePanel } from './FailurePanel.tsx';
import { Loading } from './Loading.tsx';
import { useAnswer } from './useAnswer.ts';
import { useText } from './useText.ts';
import classes from './ReportPanel.module.css';

const SYMBOLS = {
  html: IconWorld,
  pdf: IconFileTypePdf,
  json: IconBraces,
  md: IconMarkdown,
  record: IconFileZip,
  copy: IconCopy,
  folder: IconFolderOpen,
} as const;

/** What the buttons above a report do. */
type Way = ReportFormat | 'copy' | 'folder';

/** The report of a run as it is exported, and the ways to take it along. */
export function ReportPanel({ runId }: { readonly runId: string }): ReactNode {
  const text = useText();
  const settings = useSession((session) => session.settings);
  const [isLarge, setLarge] = useState(false);
  const page = `${runId} ${settings.theme} ${settings.language}`;
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState<Way | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function take(what: Way): Promise<void> {
    setBusy(what);
    setFailure(null);
    setTold('');
    try {
      if (what === 'folder') await call('reports.openFolder', runId);
      else if (what === 'copy') {
        await call('reports.copyMarkdown', runId);
        setTold(text('window.report.copied'));
      } else {
        const file = await call('reports.save', { runId, format: what });
        // Null: the admin has closed the dialog.
        if (file !== null) setTold(text('window.report.saved', { name: file.name }));
      }
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    } finally {
      setBusy(null);
    }
  }

  const way = (what: Way, short: string, label: string, purpose: string): ReactNode => {
    const Symbol = SYMBOLS[what];
    const id = `triad-save-${what}`;
    return (
      <Tooltip label={purpose}>
        <Button
          size="xs"
          variant="default"
          leftSection={<Symbol size="1rem" aria-hidden />}
          loading={busy === what}
          aria-label={label}
          aria-describedby={id}
          onClick={() => {
            if (busy === null) void take(what);
          }}
        >
          {short}
          <VisuallyHidden id={id}>{purpose}</VisuallyHidden>
        </Button>
      </Tooltip>
    );
  };

  return (
    <div className={classes['panel']}>
      <section className={classes['ways']} aria-label={text('window.report.save')}>
        <Text size="sm">{text('window.report.saveAs')}</Text>
        {(['html', 'pdf', 'json', 'md'] as const).map((format) => (
          <div key={format}>
            {way(
              format,
              format === 'md' ? 'Markdown' : format.toUpperCase(),
              text(`window.report.save.${format}`),
              text(`window.report.save.${format}.for`),
            )}
          </div>
        ))}
        {/* The link in the report itself, which its frame lets nobody save from. */}
        {way('record', text('window.report.record'), text('window.report.save.record'), text('window.report.save.record.for'))}
        {way('copy', text('window.report.copy'), text('window.report.copyMarkdown'), text('window.report.copyMarkdown.for'))}
        {way('folder', text('window.report.folder'), text('window.report.openFolder'), text('window.report.openFolder.for'))}
        <Button
          size="xs"
          variant="default"
          className={classes['enlarge'] ?? ''}
          leftSection={<IconArrowsMaximize size="1rem" aria-hidden />}
          onClick={() => {
            setLarge(true);
          }}
        >
          {text('window.report.enlarge')}
        </Button>
      </section>
      {failure === null ? null : <FailurePanel failure={failure} />}
      <div role="status" className={classes['told']}>
        {told}
      </div>
      <ReportFrame key={page} runId={runId} />
      <Modal
        opened={isLarge}
        fullScreen
        title={text('window.report.frame')}
        closeButtonProps={{ 'aria-label': text('window.report.shrink') }}
        classNames={{ content: classes['large'] ?? '', body: classes['largeBody'] ?? '' }}
        onClose={() => {
          setLarge(false);
        }}
      >
        <ReportFrame key={page} runId={runId} />
      </Modal>
    </div>
  );
}

/** The exported HTML itself, without scripts and without rights. Made anew for another run, theme or language. */
function ReportFrame({ runId }: { readonly runId: string }): ReactNode {
  const text = useText();
  const { value: link, failure } = useAnswer(runId, async () => call('reports.link', runId));
  if (failure !== null) return <FailurePanel failure={failure} />;
  if (link === null) return <Loading what={text('window.report.opening')} />;
  return <iframe className={classes['frame']} title={text('window.report.frame')} src={link} sandbox="" />;
}
