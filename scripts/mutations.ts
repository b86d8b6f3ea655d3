import ts from "typescript";

/** One small change of a source file that a test should notice. */
export interface Mutation {
  readonly kind: MutationKind;
  /** From 1 on. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

export type MutationKind = "boundary" | "comparison" | "logic" | "arithmetic" | "negation" | "constant" | "guard" | "call";

const { SyntaxKind } = ts;

const operators = new Map<ts.SyntaxKind, readonly [MutationKind, string]>([
  [SyntaxKind.LessThanToken, ["boundary", "<="]],
  [SyntaxKind.LessThanEqualsToken, ["boundary", "<"]],
  [SyntaxKind.GreaterThanToken, ["boundary", ">="]],
  [SyntaxKind.GreaterThanEqualsToken, ["boundary", ">"]],
  [SyntaxKind.EqualsEqualsEqualsToken, ["comparison", "!=="]],
  [SyntaxKind.ExclamationEqualsEqualsToken, ["comparison", "==="]],
  [SyntaxKind.AmpersandAmpersandToken, ["logic", "||"]],
  [SyntaxKind.BarBarToken, ["logic", "&&"]],
  [SyntaxKind.PlusToken, ["arithmetic", "-"]],
  [SyntaxKind.MinusToken, ["arithmetic", "+"]],
  [SyntaxKind.AsteriskToken, ["arithmetic", "/"]],
  [SyntaxKind.SlashToken, ["arithmetic", "*"]],
]);

/**
 * Every mutation of a source: boundaries and comparisons turned, `and` and `or` exchanged, arithmetic turned, negations dropped, constants
 * changed, a statement that leaves early (`if (…) return`, `throw`, `continue`) removed, a call for its effect removed. Texts, types and
 * imports stay.
 */
export function mutationsOf(text: string): readonly Mutation[] {
  const source = ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, true);
  const found: Mutation[] = [];
  const add = (kind: MutationKind, node: ts.Node, replacement: string): void => {
    const start = node.getStart(source);
    found.push({ kind, line: source.getLineAndCharacterOfPosition(start).line + 1, start, end: node.end, replacement });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const operator = operators.get(node.operatorToken.kind);
      const joinsTexts = node.operatorToken.kind === SyntaxKind.PlusToken && [node.left, node.right].some(isText);
      if (operator !== undefined && !joinsTexts) add(operator[0], node.operatorToken, operator[1]);
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken)
      add("negation", node, node.operand.getText(source));
    if (node.kind === SyntaxKind.TrueKeyword) add("constant", node, "false");
    if (node.kind === SyntaxKind.FalseKeyword) add("constant", node, "true");
    if (ts.isNumericLiteral(node)) add("constant", node, `(${node.text} + 1)`);
    if (ts.isIfStatement(node) && node.elseStatement === undefined && leaves(node.thenStatement)) add("guard", node, ";");
    if (ts.isExpressionStatement(node) && isCall(node.expression)) add("call", node, ";");
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isText = (node: ts.Expression): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

function leaves(statement: ts.Statement): boolean {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0]! : statement;
  return ts.isReturnStatement(only) || ts.isThrowStatement(only) || ts.isContinueStatement(only);
}

function isCall(node: ts.Expression): boolean {
  if (ts.isAwaitExpression(node) || ts.isVoidExpression(node)) return isCall(node.expression);
  // A call of `super` is not for its effect alone.
  return ts.isCallExpression(node) && node.expression.kind !== SyntaxKind.SuperKeyword;
}
