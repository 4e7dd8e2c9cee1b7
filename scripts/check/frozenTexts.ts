import ts from 'typescript';

const wording = new Set(['say', 'text', 'textOf']);

/**
 * The lines where something is worded while its file is loaded, and not when it is shown: it would stay in the language that was spoken
 * then, whatever the person chooses later.
 */
export function frozenTexts(file: string, text: string): readonly number[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    // What stands in a function is said when it is called.
    if (ts.isFunctionLike(node)) return;
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && wording.has(node.expression.text))
      lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}
