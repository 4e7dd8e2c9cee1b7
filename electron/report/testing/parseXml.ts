/** An element as a parser sees it. */
export interface ParsedElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly ParsedElement[];
  readonly text: string;
}

interface DomElement {
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly children: Iterable<DomElement>;
}
interface Dom {
  readonly documentElement: DomElement;
  querySelector(selector: string): DomElement | null;
}
type Parser = new () => { parseFromString(text: string, type: string): Dom };

/** Parses XML as strictly as a browser does; for test files whose environment is jsdom. Throws where it is not well formed. */
export function parseXml(xml: string): ParsedElement {
  const DomParser = Reflect.get(globalThis, 'DOMParser') as Parser;
  const dom = new DomParser().parseFromString(xml, 'application/xml');
  const problem = dom.querySelector('parsererror');
  if (problem !== null) throw new Error(`${problem.textContent ?? ''}\n${xml}`);
  const read = (element: DomElement): ParsedElement => ({
    name: element.nodeName,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    children: [...element.children].map(read),
    text: element.textContent ?? '',
  });
  return read(dom.documentElement);
}
