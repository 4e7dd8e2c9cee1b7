import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { palette } from '../../electron/shared/figures/palette.ts';

/** The hue of masters and of everything that can be pressed: shade 8 in light and dark keeps white text on it at AA. */
const triad: MantineColorsTuple = [
  '#eaf3fd',
  '#d3e4f7',
  '#a6c8ee',
  '#76abe5',
  '#5092dd',
  '#3a83d8',
  '#2c7bd7',
  '#1e69bf',
  '#0f62b5',
  '#004f99',
];

/** Greys of the dark scheme in the palette's hue: 0 is text, 4 borders, 5 what is hovered, 6 fields, 7 the page. */
const dark: MantineColorsTuple = [
  palette.dark.ink,
  '#c5ccd3',
  palette.dark.muted,
  palette.dark.edge,
  '#46515d',
  '#232b34',
  palette.dark.surface,
  palette.dark.page,
  '#0d1014',
  '#090b0e',
];

/** Sizes follow a grid of 4 px at the ordinary text size (1 rem = 16 px); body text is 14 px, small text 13 px. */
export const theme = createTheme({
  colors: { triad, dark },
  primaryColor: 'triad',
  // Mantine's own shades fail AA on filled buttons in both schemes.
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  fontFamily: 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.35' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Loader: { defaultProps: { color: 'var(--triad-master)' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NativeSelect: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Switch: { defaultProps: { size: 'sm' } },
    // The kit makes them 2 px smaller than the field, and what a value means is what people read.
    InputWrapper: {
      styles: { description: { fontSize: 'var(--mantine-font-size-sm)' }, error: { fontSize: 'var(--mantine-font-size-sm)' } },
    },
    Modal: {
      defaultProps: { centered: true, radius: 'md', overlayProps: { backgroundOpacity: 0.5 } },
      styles: { content: { border: '1px solid var(--triad-line)' }, title: { fontSize: '1.0625rem', fontWeight: 600 } },
    },
    // Else a dialog's `header` counts as a second banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } } },
  },
});

/** Mantine's colour names by what they mean here: its own `light` variant (alerts, badges) fails AA in yellow and green. */
const MEANINGS = { green: 'pass', yellow: 'warn', orange: 'warn', red: 'fail', gray: 'unknown' } as const;

function inks(scheme: keyof typeof palette): Record<string, string> {
  const colors: Readonly<Record<string, string>> = palette[scheme];
  return {
    ...Object.fromEntries(Object.entries(colors).map(([name, value]) => [`--triad-${name}`, value])),
    ...Object.fromEntries(
      Object.entries(MEANINGS).flatMap(([color, meaning]) => [
        [`--mantine-color-${color}-light`, colors[`${meaning}Soft`] ?? ''],
        [`--mantine-color-${color}-light-color`, colors[meaning] ?? ''],
        [`--mantine-color-${color}-text`, colors[meaning] ?? ''],
        [`--mantine-color-${color}-outline`, colors[meaning] ?? ''],
      ]),
    ),
  };
}

/** Mantine's surfaces and texts by the palette that figures and reports have, so that all of them are of one piece. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...inks('light'),
    '--mantine-color-body': palette.light.page,
    '--mantine-color-text': palette.light.ink,
    '--mantine-color-dimmed': palette.light.muted,
    '--mantine-color-error': palette.light.fail,
    '--mantine-color-placeholder': palette.light.muted,
    '--mantine-color-default-border': '#b4bcc5',
    '--mantine-color-anchor': palette.light.link,
  },
  dark: {
    ...inks('dark'),
    '--mantine-color-body': palette.dark.page,
    '--mantine-color-text': palette.dark.ink,
    '--mantine-color-dimmed': palette.dark.muted,
    '--mantine-color-error': palette.dark.fail,
    '--mantine-color-placeholder': palette.dark.muted,
    '--mantine-color-default-border': '#46515d',
    '--mantine-color-anchor': palette.dark.link,
  },
});
