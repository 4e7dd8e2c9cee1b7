/**
 * The colours of figures and reports, by meaning, for both themes. Text colours keep AA (4.5:1) on every surface that they stand on and
 * marks 3:1; `palette.test.ts` computes it. Colour never stands alone: a symbol, a word or a pattern says the same, so grey print works.
 */
export const palette = {
  light: {
    /** The page behind everything. */
    page: '#ffffff',
    /** Boxes on the page: servers in the topology, table heads, code. */
    surface: '#f5f7f9',
    ink: '#17202a',
    muted: '#55606d',
    line: '#d5dce3',
    /** Borders that carry meaning (a box's edge, an axis). */
    edge: '#7d8894',
    link: '#0b5cad',
    master: '#0f62b5',
    onMaster: '#ffffff',
    /** Outline and text of a replica: the master's hue. */
    replica: '#0f62b5',
    lost: '#6b7580',
    lostStripe: '#c9d0d7',
    pass: '#16713a',
    passSoft: '#e6f4ea',
    warn: '#875100',
    warnSoft: '#fdf1da',
    fail: '#b3202a',
    failSoft: '#fce9e9',
    unknown: '#55606d',
    unknownSoft: '#eceff2',
    /** Acknowledged writes in the timeline. */
    area: '#5b9bd9',
    areaSoft: '#d7e7f7',
  },
  dark: {
    page: '#12161b',
    surface: '#1a2027',
    ink: '#e7ebef',
    muted: '#a3aeb9',
    line: '#303943',
    edge: '#75818d',
    link: '#74b4f5',
    master: '#5ea5ee',
    onMaster: '#06192b',
    replica: '#74b4f5',
    lost: '#97a2ad',
    lostStripe: '#3c4651',
    pass: '#5cc686',
    passSoft: '#14301f',
    warn: '#e9b04f',
    warnSoft: '#33260d',
    fail: '#ff8a85',
    failSoft: '#3d1a1c',
    unknown: '#a3aeb9',
    unknownSoft: '#252c34',
    area: '#4b8ed2',
    areaSoft: '#1c3550',
  },
} as const;

/** A colour by its meaning. */
export type Ink = keyof (typeof palette)['light'];
type Theme = Readonly<Record<Ink, string>>;

/** A colour as figures use it: a CSS variable, so that theme and print decide its value. */
export function ink(name: Ink): string {
  return `var(--triad-${name})`;
}

function variables(theme: Theme): string {
  return Object.entries(theme)
    .map(([name, value]) => `--triad-${name}:${value}`)
    .join(';');
}

/** Style rules that give the variables their values: by the reader's scheme on screen, always light on paper. */
export const paletteCss = [
  `:root{color-scheme:light dark;${variables(palette.light)}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${variables(palette.dark)}}}`,
].join('\n');
