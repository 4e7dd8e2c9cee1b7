import { inflateSync } from 'node:zlib';

/** An object of a PDF file: its dictionary as text, and its stream unpacked. */
interface PdfObject {
  readonly head: string;
  readonly stream: Buffer | null;
}

/**
 * The texts that each page of a PDF of Chromium shows, piece by piece in the order in which they are painted. It knows what Skia writes and no more: objects that are not
 * packed together, streams packed by Flate, fonts with a map to Unicode. Throws for a font without one: then nobody could search or read the file aloud.
 */
export function pdfPages(file: Buffer): readonly (readonly string[])[] {
  const objects = objectsOf(file);
  return [...objects.values()]
    .filter(({ head }) => /\/Type\s*\/Page\b/u.test(head))
    .map(({ head }) => {
      const content = referred(/\/Contents\s+(\d+) 0 R/u, head, objects)?.stream;
      return content === null || content === undefined ? [] : textsIn(content, head, objects);
    });
}

function objectsOf(file: Buffer): ReadonlyMap<number, PdfObject> {
  const text = file.toString('latin1');
  const objects = new Map<number, PdfObject>();
  const start = /(?:^|\n)(\d+) 0 obj\s/gu;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const from = start.lastIndex;
    const end = text.indexOf('endobj', from);
    const streamAt = /stream\r?\n/u.exec(text.slice(from, end));
    const head = text.slice(from, streamAt === null ? end : from + streamAt.index);
    const length = Number(/\/Length (\d+)/u.exec(head)?.[1] ?? 0);
    const bytesAt = streamAt === null ? 0 : from + streamAt.index + streamAt[0].length;
    const bytes = streamAt === null ? null : file.subarray(bytesAt, bytesAt + length);
    objects.set(Number(found[1]), { head, stream: bytes !== null && head.includes('/FlateDecode') ? inflateSync(bytes) : bytes });
    start.lastIndex = streamAt === null ? end : bytesAt + length;
  }
  return objects;
}

function referred(pattern: RegExp, text: string, objects: ReadonlyMap<number, PdfObject>): PdfObject | null {
  const id = pattern.exec(text)?.[1];
  return id === undefined ? null : (objects.get(Number(id)) ?? null);
}

type CharacterMap = ReadonlyMap<number, string>;

/** The resources of a page or a form, of whatever kind, by their names in its content. */
function resourcesOf(head: string, objects: ReadonlyMap<number, PdfObject>): ReadonlyMap<string, PdfObject> {
  const direct = referred(/\/Resources\s+(\d+) 0 R/u, head, objects)?.head ?? head;
  return new Map(
    [...direct.matchAll(/\/([A-Z]\w*)\s+(\d+) 0 R/gu)].flatMap(([, name = '', id]) => {
      const object = objects.get(Number(id));
      return object === undefined ? [] : [[name, object] as const];
    }),
  );
}

const TOKEN = /\/(?<name>\w+)\s+(?:[\d.]+ Tf|(?<form>Do))|\[(?<array>[^\]]*)\]\s*TJ|<(?<one>[0-9A-Fa-f\s]*)>\s*Tj/gu;

function textsIn(content: Buffer, head: string, objects: ReadonlyMap<number, PdfObject>): readonly string[] {
  const resources = resourcesOf(head, objects);
  const maps = new Map<string, CharacterMap>();
  const texts: string[] = [];
  let map: CharacterMap = new Map();
  for (const { groups } of content.toString('latin1').matchAll(TOKEN)) {
    const { name, form, array, one } = groups ?? {};
    const resource = name === undefined ? undefined : resources.get(name);
    if (name !== undefined && form === undefined && resource !== undefined) {
      map = maps.get(name) ?? characterMap(resource, objects);
      maps.set(name, map);
    } else if (resource?.stream !== undefined && resource.stream !== null && resource.head.includes('/Form'))
      texts.push(...textsIn(resource.stream, resource.head, objects));
    else if (array !== undefined || one !== undefined)
      texts.push([...(array ?? `<${one ?? ''}>`).matchAll(/<([0-9A-Fa-f\s]*)>/gu)].map(([, hex = '']) => decoded(hex, map)).join(''));
  }
  return texts.filter((text) => text.trim() !== '');
}

function decoded(hex: string, map: CharacterMap): string {
  const digits = hex.replaceAll(/\s/gu, '');
  const width = map.has(-1) ? 2 : 4;
  return (digits.match(new RegExp(`.{${width}}`, 'gu')) ?? []).map((code) => map.get(Number.parseInt(code, 16)) ?? '').join('');
}

/** What each code of a font means; the code -1 marks one whose codes have one byte. */
function characterMap(font: PdfObject, objects: ReadonlyMap<number, PdfObject>): CharacterMap {
  const stream = referred(/\/ToUnicode\s+(\d+) 0 R/u, font.head, objects)?.stream;
  if (stream === null || stream === undefined) throw new Error(`A font of the PDF has no map to Unicode: ${font.head.slice(0, 200)}`);
  const map = new Map<number, string>(font.head.includes('/Type0') ? [] : [[-1, '']]);
  const text = stream.toString('latin1');
  const code = (hex: string | undefined): number => Number.parseInt(hex ?? '', 16);
  const said = (hex = ''): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [block] of text.matchAll(/beginbfchar[\s\S]*?endbfchar/gu))
    for (const [, from, to] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/gu)) map.set(code(from), said(to));
  for (const [block] of text.matchAll(/beginbfrange[\s\S]*?endbfrange/gu))
    for (const [, from, to, first] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/gu))
      for (let at = code(from); at <= code(to); at += 1) map.set(at, String.fromCodePoint(code(first) + at - code(from)));
  return map;
}
