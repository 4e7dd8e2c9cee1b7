import ts from 'typescript';

/** Whether something in the program's source may say a text of this code. */
type Said = (code: string) => boolean;

/**
 * The codes that nothing says. A code is said by its literal, by a template that begins with its room (`report.verdict.${verdict}`), as the
 * remedy of a failure or check that is raised, or as the name of a check, phase or measurement whose identifier is a literal.
 * @param codes all codes of the catalogue
 * @param sources the text of every source file but tests and the catalogue itself, by path
 */
export function unusedCodes(codes: readonly string[], sources: ReadonlyMap<string, string>): readonly string[] {
  const { literals, templates } = mentionsIn(sources);
  const said: Said = (code) => literals.has(code) || templates.some((one) => one.test(code));
  return codes.filter((code) => !said(code) && !said(code.replace(/\.remedy$/u, '')) && !literals.has(namedBy(code)));
}

/** The identifier of the check, phase or measurement that a code names, else nothing. */
function namedBy(code: string): string {
  const [, id] = /^(?:check\.(.+)\.title|(?:phase|report\.measurement)\..+)$/u.exec(code) ?? [];
  return id ?? code.replace(/^(?:phase|report\.measurement)\./u, '');
}

function mentionsIn(sources: ReadonlyMap<string, string>): {
  readonly literals: ReadonlySet<string>;
  readonly templates: readonly RegExp[];
} {
  const literals = new Set<string>();
  const templates: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) literals.add(node.text);
    else if (ts.isTemplateExpression(node)) templates.push(...codeTemplate(node));
    ts.forEachChild(node, visit);
  };
  for (const [file, text] of sources)
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS));
  return { literals, templates };
}

/** The codes that a template may come to; none where it is no code, or begins with something unknown and could be any. */
function codeTemplate(node: ts.TemplateExpression): readonly RegExp[] {
  const parts = [node.head, ...node.templateSpans.map((span) => span.literal)].map((part) => part.text);
  if (!node.head.text.includes('.') || !parts.every((part) => /^[\w.]*$/u.test(part))) return [];
  return [new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[\\w.]+')}$`, 'u')];
}
