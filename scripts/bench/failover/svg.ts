/** A piece of SVG that is written already. */
export type Svg = string & { readonly svg?: never };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Words as the content of an element or of an attribute. */
export function words(text: string): Svg {
  return text.replaceAll(/[&<>"]/gu, (mark) => escapes[mark] ?? mark);
}

/** An element; numbers are rounded to a tenth, so that equal figures are equal bytes. Attributes stand in the order in which they are given. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, ...children: readonly Svg[]): Svg {
  const written = Object.entries(attributes).map(([key, value]) => {
    const shown = typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
    return ` ${key}="${words(shown)}"`;
  });
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
}
