import type { ReactElement, ReactNode } from 'react';

/** What every figure has. */
export interface FigureFrameProps {
  /** Unique in the document: names of title, description and patterns are made from it. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The whole content in words, for those who cannot see the figure. */
  readonly description: string;
  /** `img`, unless parts of it can be operated. */
  readonly role?: 'img' | 'grid' | 'group';
  readonly children: ReactNode;
}

/** An SVG that says what it shows. It scales with its place up to its own width, so its text never grows out of proportion. */
export function FigureFrame({ id, width, height, title, description, role = 'img', children }: FigureFrameProps): ReactElement {
  return (
    <svg
      className="triad-figure"
      role={role}
      aria-labelledby={`${id}-title ${id}-desc`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      fontFamily="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {children}
    </svg>
  );
}
