/** What XML 1.0 cannot carry even as a reference: control characters but tab and line ends, halves of surrogate pairs, U+FFFE and U+FFFF. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** A character that stands for one that XML cannot carry: control characters have pictures (U+2400 and on), others the replacement character. */
function stand(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\uFFFD';
}

/** Text as it may stand between tags, with a picture of each control character: evidence is what a server sent, and it may have sent anything. */
export function xmlText(text: string): string {
  return text.replaceAll(NOT_XML, stand).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

/** Text as it may stand in double quotes; line ends and tabs are kept, which a parser would make spaces of. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** An element with attributes in their order, and what stands in it (already XML); without that it is closed at once. */
export function xmlElement(name: string, attributes: Readonly<Record<string, string | number>>, content = ''): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${xmlAttribute(String(value))}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}
