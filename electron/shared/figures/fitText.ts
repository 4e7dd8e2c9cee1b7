/** Characters that are clearly narrower or wider than the rest in the sans-serif fonts of all systems. */
const NARROW = new Set("iljI.,:;'|!()[]/tfr-` ");
const WIDE = new Set('mwMW@%—…');

/**
 * About how wide a text will be, in the unit of `fontSize`. There is no font to ask without a browser, and the figures must be the same
 * everywhere; the estimate errs to the wide side.
 */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const one of text) {
    if (NARROW.has(one)) width += 0.34;
    else if (WIDE.has(one)) width += 0.92;
    else if (/[A-Z]/u.test(one)) width += 0.7;
    else if (/[\d–]/u.test(one)) width += 0.57;
    else width += one > '\u{2e80}' ? 1 : 0.58;
  }
  return width * fontSize;
}

/**
 * Breaks a name or an address into at most `maxLines` lines, after a dash, dot, colon, underscore or space where it can, anywhere where
 * it must. What does not fit loses its middle, because names differ at their ends.
 */
export function fitText(text: string, maxWidth: number, fontSize: number, maxLines: number): readonly string[] {
  if (text === '') return [];
  for (let kept = text.length; kept > 1; kept -= 1) {
    const shown = kept === text.length ? text : withoutMiddle(text, kept);
    const lines = breakLines(shown, maxWidth, fontSize);
    if (lines.length <= maxLines) return lines;
  }
  return ['…'];
}

function withoutMiddle(text: string, kept: number): string {
  const head = Math.ceil(kept / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
}

function breakLines(text: string, maxWidth: number, fontSize: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=[-.:_ …])/u)) {
    if (textWidth(line + piece, fontSize) <= maxWidth) {
      line += piece;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const one of piece) {
      if (line !== '' && textWidth(line + one, fontSize) > maxWidth) {
        lines.push(line);
        line = '';
      }
      line += one;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((one) => one.trim());
}
