import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../../shared/contract/procedures.ts';

/** A rectangle in the screen's own units, independent of scaling. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * How the window was left. `settings` is a copy of the core's, and `hasCards` tells whether Home had anything to show: so that the first paint
 * has its colours, language and layout before the core is there. `noGpuAtMs` spares the next start a search (`graphics.ts`).
 */
export interface WindowState {
  readonly schemaVersion: 1;
  readonly bounds: Rectangle | null;
  readonly isMaximised: boolean;
  readonly zoomFactor: number;
  readonly settings: Settings;
  readonly hasCards: boolean;
  /** When Chromium last found no graphics processor to draw with, milliseconds since 1970; null where it found one. */
  readonly noGpuAtMs: number | null;
}

/** A window that nobody has moved yet. */
export const FIRST_STATE: WindowState = {
  schemaVersion: 1,
  bounds: null,
  isMaximised: false,
  zoomFactor: 1,
  settings: { theme: 'system', language: 'system' },
  hasCards: false,
  noGpuAtMs: null,
};

/** The smallest window in which every step can be used. */
export const SMALLEST = { width: 800, height: 560 } as const;
const PREFERRED = { width: 1280, height: 860 } as const;
/** As much of the title bar must be on a screen that a mouse can take it. */
const GRIP = { width: 120, height: 24 } as const;

/** Reads how the window was left. Anything else than a whole file counts as none: it is worth nothing but a position. Blocks for one small file. */
export function readWindowState(file: string): WindowState {
  try {
    // Earlier versions kept nothing of the graphics processor.
    const found: unknown = { noGpuAtMs: null, ...partsOf(JSON.parse(readFileSync(file, 'utf8'))) };
    return isWindowState(found) ? found : FIRST_STATE;
  } catch {
    return FIRST_STATE;
  }
}

/** Keeps it. Returns false where that is not possible, which costs nothing but the position. */
export function writeWindowState(file: string, state: WindowState): boolean {
  const written = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(written, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    renameSync(written, file);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where the window opens: as it was left where its title bar is still within reach on one of the screens, else in the middle of the first
 * one; never larger than the screen.
 * @param workAreas the screens without task bars, the main one first
 */
export function placeWindow(saved: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle | typeof PREFERRED {
  const [main] = workAreas;
  if (main === undefined) return PREFERRED;
  for (const area of workAreas) {
    if (saved === null) break;
    const fitted = { ...saved, width: Math.min(saved.width, area.width), height: Math.min(saved.height, area.height) };
    if (isWithinReach(fitted, area)) return fitted;
  }
  const width = Math.min(saved?.width ?? PREFERRED.width, main.width);
  const height = Math.min(saved?.height ?? PREFERRED.height, main.height);
  return {
    x: main.x + Math.round((main.width - width) / 2),
    y: main.y + Math.round((main.height - height) / 2),
    width,
    height,
  };
}

function isWithinReach(window: Rectangle, area: Rectangle): boolean {
  const shared = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return shared >= GRIP.width && window.y >= area.y && window.y <= area.y + area.height - GRIP.height;
}

// By hand, because this is read before the first paint and the schemas cost more than everything else before it.
function isWindowState(value: unknown): value is WindowState {
  const { schemaVersion, bounds, isMaximised, zoomFactor, settings, hasCards, noGpuAtMs } = partsOf(value);
  const { theme, language } = partsOf(settings);
  const { x, y, width, height } = partsOf(bounds);
  return (
    schemaVersion === 1 &&
    (bounds === null || ([x, y, width, height].every(Number.isInteger) && Number(width) > 0 && Number(height) > 0)) &&
    typeof isMaximised === 'boolean' &&
    typeof zoomFactor === 'number' &&
    zoomFactor >= 0.5 &&
    zoomFactor <= 2 &&
    (theme === 'system' || theme === 'light' || theme === 'dark') &&
    (language === 'system' || language === 'en' || language === 'pt') &&
    typeof hasCards === 'boolean' &&
    (noGpuAtMs === null || Number.isSafeInteger(noGpuAtMs))
  );
}

function partsOf(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
