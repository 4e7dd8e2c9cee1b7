import { createHash } from 'node:crypto';
import type { ReactElement, ReactNode } from 'react';
import { currentLanguage } from '../shared/domain/language.ts';
import { paletteCss } from '../shared/figures/palette.ts';
import { reportCss } from './reportCss.ts';
import { stampLine, type ReportStamp } from './reportStamp.ts';

const CSS = `${paletteCss}\n${reportCss}`;
/** The one style sheet is known by its hash: a style attribute, or an element that text brought along, counts for nothing. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The names by which screen readers choose a voice. */
const HTML_LANGUAGE = { en: 'en', pt: 'pt-PT' } as const;

/** What {@link DocumentPage} is made of. */
export interface DocumentPageProps {
  readonly title: string;
  readonly triadVersion: string;
  /** By which the page can be verified; null for one that is not made of one run. */
  readonly stamp: ReportStamp | null;
  readonly children: ReactNode;
}

/** A whole HTML document in the current language: the one style sheet, and a policy that lets it load nothing and run nothing. */
export function DocumentPage({ title, triadVersion, stamp, children }: DocumentPageProps): ReactElement {
  return (
    <html lang={HTML_LANGUAGE[currentLanguage()]}>
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content={`Triad ${triadVersion}`} />
        {stamp !== null && <meta name="triad-report" content={stampLine(stamp)} />}
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: CSS }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
