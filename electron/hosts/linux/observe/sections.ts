/** The output of the observing script, by section. A section that was not printed is empty. */
export interface Sections {
  has(name: string): boolean;
  text(name: string): string;
  lines(name: string): readonly string[];
}

/** Starts the line of a section's name: no tool prints it. */
export const SECTION_MARK = String.fromCharCode(0x1e);
const SECTION = new RegExp(`(?:^|\\n)${SECTION_MARK}(\\w+)\\n`, 'u');

/** Splits output at the lines that begin with the character 0x1E. */
export function splitSections(output: string): Sections {
  const parts = output.split(SECTION);
  const sections = new Map<string, string>();
  for (let index = 1; index + 1 < parts.length; index += 2) {
    const name = parts[index] ?? '';
    // One that was printed twice (two kinds of iptables) is one.
    sections.set(name, [sections.get(name), parts[index + 1]].filter((part) => part !== undefined).join('\n'));
  }
  const text = (name: string): string => sections.get(name) ?? '';
  return {
    has: (name) => sections.has(name),
    text,
    lines: (name) =>
      text(name)
        .split('\n')
        .filter((line) => line !== ''),
  };
}

/** The content of files as `grep -H ''` prints it: each line after its file's path and a colon. Paths hold no colon. */
export function readGrep(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  let path = '';
  for (const line of lines) {
    const at = line.indexOf(':');
    if (at > 0) path = line.slice(0, at);
    const content = at > 0 ? line.slice(at + 1) : line;
    const known = files.get(path);
    if (known === undefined) files.set(path, [content]);
    else known.push(content);
  }
  return files;
}

/** A whole number, or null for anything else. */
export function readNumber(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  return /^-?\d+$/u.test(trimmed) ? Number(trimmed) : null;
}

/** `KEY=value` lines as shells read them: quotes around a value are taken off. */
export function readAssignments(lines: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of lines) {
    const match = /^\s*(?:export\s+)?(\w+)=(.*)$/u.exec(line);
    if (match === null) continue;
    const raw = (match[2] ?? '').trim();
    const quoted = /^(["'])(.*)\1$/u.exec(raw);
    values.set(match[1] ?? '', (quoted?.[2] ?? raw).replaceAll(/\\(["'$`\\])/gu, '$1'));
  }
  return values;
}
