import ts from 'typescript';

/** Which words of a file reach a person: those of its JSX, or those that it hands to the desktop's dialogs, menus and notifications. */
export type TextPlace = 'markup' | 'system';

/** Words that stand in the code instead of the catalogue. */
export interface BareText {
  readonly line: number;
  readonly words: string;
}

/** Attributes and fields whose text a person sees or hears, in HTML, in our components and in Mantine's (`label`, `nothingFoundMessage`, `aria-label`). */
const shownNames =
  /^(?:alt|aria-(?:description|placeholder|roledescription|valuetext)|(?:aria-)?[a-z]*(?:alt|caption|description|detail|error|heading|hint|label|legend|message|placeholder|sublabel|subtitle|summary|text|title|tooltip))$/iu;
/** What Electron's dialogs, menus, windows and notifications show. */
const systemNames = /^(?:body|button(?:Label|s)|detail|label|message|name|placeholder|sublabel|subtitle|title|toolTip)$/u;
/** Methods of Electron whose arguments are shown. */
const systemMethods = new Set(['showErrorBox', 'setTitle', 'setToolTip']);

/**
 * The words of a file that a person would read and that are not in the catalogue. A call is never one: what it returns was worded
 * elsewhere. Names of products and symbols of units are the same in every
 * language.
 */
export function bareTexts(file: string, text: string, place: TextPlace): readonly BareText[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: BareText[] = [];
  const add = (node: ts.Node, words: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ line: line + 1, words: words.replaceAll(/\s+/gu, ' ').trim() });
  };
  const visit = (node: ts.Node): void => {
    for (const shown of place === 'markup' ? shownByMarkup(node) : shownBySystem(node, source))
      for (const literal of literalsOf(shown)) if (hasWords(literal.text)) add(literal, literal.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

type Literal = ts.StringLiteralLike | ts.JsxText | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replaceAll(/\b(?:Triad|Redis|Valkey|ms|s)\b/gu, '').replaceAll(/&#?\w+;/gu, ''));
}

/** The expressions at a node that markup shows: texts between tags, shown attributes, and shown fields of what is handed to components. */
function shownByMarkup(node: ts.Node): readonly ts.Node[] {
  if (ts.isJsxText(node)) return [node];
  if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) return node.expression === undefined ? [] : [node.expression];
  if (ts.isJsxAttribute(node)) {
    const value = node.initializer;
    if (value === undefined || !shownNames.test(node.name.getText())) return [];
    if (!ts.isJsxExpression(value)) return [value];
    return value.expression === undefined ? [] : [value.expression];
  }
  if (!ts.isPropertyAssignment(node)) return [];
  const name = nameOf(node.name);
  // As a field, it is the level of a note.
  return shownNames.test(name) && name !== 'error' ? [node.initializer] : [];
}

function shownBySystem(node: ts.Node, source: ts.SourceFile): readonly ts.Node[] {
  if (ts.isPropertyAssignment(node) && systemNames.test(nameOf(node.name))) return [node.initializer];
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return systemMethods.has(node.expression.name.getText(source)) ? [...node.arguments] : [];
  return [];
}

function nameOf(name: ts.PropertyName): string {
  return ts.isStringLiteralLike(name) || ts.isIdentifier(name) ? name.text : '';
}

/** The literals that an expression may come to: through conditions, sums, templates and lists, not through calls. */
function literalsOf(node: ts.Node): readonly Literal[] {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return [node];
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.flatMap((span) => [...literalsOf(span.expression), span.literal])];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return isComparison(node) ? [] : [...literalsOf(node.left), ...literalsOf(node.right)];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(literalsOf);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return literalsOf(node.expression);
  return [];
}

function isComparison(node: ts.BinaryExpression): boolean {
  return [
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
    ts.SyntaxKind.LessThanToken,
    ts.SyntaxKind.GreaterThanToken,
    ts.SyntaxKind.InKeyword,
  ].includes(node.operatorToken.kind);
}
