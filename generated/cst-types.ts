// Generated from grammar/ by npm run generate.
import type { CstNode, IToken } from "chevrotain";

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  prefix?: IToken[];
  primary: PrimaryCstNode[];
  operator?: IToken[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  literal?: IToken[];
  nameOrCall?: NameOrCallCstNode[];
  list?: ListCstNode[];
  parenthesised?: ParenthesisedCstNode[];
  inputExtent?: InputExtentCstNode[];
};

export interface NameOrCallCstNode extends CstNode {
  name: "nameOrCall";
  children: NameOrCallCstChildren;
}

export type NameOrCallCstChildren = {
  name: IToken[];
  callArguments?: CallArgumentsCstNode[];
};

export interface CallArgumentsCstNode extends CstNode {
  name: "callArguments";
  children: CallArgumentsCstChildren;
}

export type CallArgumentsCstChildren = {
  CallParen: IToken[];
  callArgument?: CallArgumentCstNode[];
  Comma?: IToken[];
  RParen: IToken[];
};

export interface CallArgumentCstNode extends CstNode {
  name: "callArgument";
  children: CallArgumentCstChildren;
}

export type CallArgumentCstChildren = {
  name?: IToken[];
  Equals?: IToken[];
  expression: ExpressionCstNode[];
};

export interface ListCstNode extends CstNode {
  name: "list";
  children: ListCstChildren;
}

export type ListCstChildren = {
  LBracket: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  RBracket: IToken[];
};

export interface ParenthesisedCstNode extends CstNode {
  name: "parenthesised";
  children: ParenthesisedCstChildren;
}

export type ParenthesisedCstChildren = {
  LParen: IToken[];
  expression: ExpressionCstNode[];
  RParen: IToken[];
};

export interface InputExtentCstNode extends CstNode {
  name: "inputExtent";
  children: InputExtentCstChildren;
}

export type InputExtentCstChildren = {
  In: IToken[];
  Dot: IToken[];
  axis: IToken[];
};

export interface AttributeCstNode extends CstNode {
  name: "attribute";
  children: AttributeCstChildren;
}

export type AttributeCstChildren = {
  key: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface PathReferenceCstNode extends CstNode {
  name: "pathReference";
  children: PathReferenceCstChildren;
}

export type PathReferenceCstChildren = {
  part: IToken[];
  Slash?: IToken[];
};

export interface ShapeCstNode extends CstNode {
  name: "shape";
  children: ShapeCstChildren;
}

export type ShapeCstChildren = {
  Dims?: IToken[];
  BadNumber?: IToken[];
  list?: ListCstNode[];
};

export interface StatementBodyCstNode extends CstNode {
  name: "statementBody";
  children: StatementBodyCstChildren;
}

export type StatementBodyCstChildren = {
  LCurly: IToken[];
  Newline?: IToken[];
  statement?: StatementCstNode[];
  RCurly: IToken[];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  labelledStatement?: LabelledStatementCstNode[];
  ifStatement?: IfStatementCstNode[];
  letDeclaration?: LetDeclarationCstNode[];
  paramDeclaration?: ParamDeclarationCstNode[];
  defaultDeclaration?: DefaultDeclarationCstNode[];
  inputDeclaration?: InputDeclarationCstNode[];
  outputDeclaration?: OutputDeclarationCstNode[];
  assertDeclaration?: AssertDeclarationCstNode[];
};

export interface LabelledStatementCstNode extends CstNode {
  name: "labelledStatement";
  children: LabelledStatementCstChildren;
}

export type LabelledStatementCstChildren = {
  label?: IToken[];
  Colon?: IToken[];
  branchStatement?: BranchStatementCstNode[];
  callStatement?: CallStatementCstNode[];
};

export interface CallStatementCstNode extends CstNode {
  name: "callStatement";
  children: CallStatementCstChildren;
}

export type CallStatementCstChildren = {
  callee: IToken[];
  primary?: PrimaryCstNode[];
  attribute?: AttributeCstNode[];
  origin?: OriginCstNode[];
  Arrow?: IToken[];
  shape?: ShapeCstNode[];
  tableBody?: TableBodyCstNode[];
};

export interface OriginCstNode extends CstNode {
  name: "origin";
  children: OriginCstChildren;
}

export type OriginCstChildren = {
  from: IToken[];
  Equals: IToken[];
  pathReference?: PathReferenceCstNode[];
  LBracket?: IToken[];
  Comma?: IToken[];
  RBracket?: IToken[];
};

export interface TableBodyCstNode extends CstNode {
  name: "tableBody";
  children: TableBodyCstChildren;
}

export type TableBodyCstChildren = {
  LCurly: IToken[];
  Newline?: IToken[];
  tableHeader?: TableHeaderCstNode[];
  tableRow?: TableRowCstNode[];
  RowSeparator?: IToken[];
  RCurly: IToken[];
};

export interface TableHeaderCstNode extends CstNode {
  name: "tableHeader";
  children: TableHeaderCstChildren;
}

export type TableHeaderCstChildren = {
  Pipe: IToken[];
  headerCell: HeaderCellCstNode[];
};

export interface HeaderCellCstNode extends CstNode {
  name: "headerCell";
  children: HeaderCellCstChildren;
}

export type HeaderCellCstChildren = {
  name: IToken[];
  CallParen?: IToken[];
  column?: IToken[];
  RParen?: IToken[];
};

export interface TableRowCstNode extends CstNode {
  name: "tableRow";
  children: TableRowCstChildren;
}

export type TableRowCstChildren = {
  Pipe: IToken[];
  tableCell: TableCellCstNode[];
};

export interface TableCellCstNode extends CstNode {
  name: "tableCell";
  children: TableCellCstChildren;
}

export type TableCellCstChildren = {
  expression?: ExpressionCstNode[];
  Pipe: IToken[];
};

export interface BranchStatementCstNode extends CstNode {
  name: "branchStatement";
  children: BranchStatementCstChildren;
}

export type BranchStatementCstChildren = {
  Branch: IToken[];
  join: IToken[];
  origin?: OriginCstNode[];
  branchBody: BranchBodyCstNode[];
  Arrow?: IToken[];
  shape?: ShapeCstNode[];
};

export interface BranchBodyCstNode extends CstNode {
  name: "branchBody";
  children: BranchBodyCstChildren;
}

export type BranchBodyCstChildren = {
  LCurly: IToken[];
  Newline?: IToken[];
  branchPath?: BranchPathCstNode[];
  RCurly: IToken[];
};

export interface BranchPathCstNode extends CstNode {
  name: "branchPath";
  children: BranchPathCstChildren;
}

export type BranchPathCstChildren = {
  label?: IToken[];
  Colon?: IToken[];
  Path: IToken[];
  from?: IToken[];
  Equals?: IToken[];
  pathReference?: PathReferenceCstNode[];
  statementBody: StatementBodyCstNode[];
};

export interface IfStatementCstNode extends CstNode {
  name: "ifStatement";
  children: IfStatementCstChildren;
}

export type IfStatementCstChildren = {
  If: IToken[];
  condition: ConditionCstNode[];
  statementBody: StatementBodyCstNode[];
  Else?: IToken[];
  lastElse?: IToken[];
  otherwise?: StatementBodyCstNode[];
};

export interface ConditionCstNode extends CstNode {
  name: "condition";
  children: ConditionCstChildren;
}

export type ConditionCstChildren = {
  expression: ExpressionCstNode[];
};

export interface LetDeclarationCstNode extends CstNode {
  name: "letDeclaration";
  children: LetDeclarationCstChildren;
}

export type LetDeclarationCstChildren = {
  Let: IToken[];
  name: IToken[];
  CallParen?: IToken[];
  parameter?: IToken[];
  Comma?: IToken[];
  RParen?: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface ParamDeclarationCstNode extends CstNode {
  name: "paramDeclaration";
  children: ParamDeclarationCstChildren;
}

export type ParamDeclarationCstChildren = {
  Param: IToken[];
  name: IToken[];
  Equals: IToken[];
  value: ExpressionCstNode[];
  In?: IToken[];
  low?: ExpressionCstNode[];
  Range?: IToken[];
  high?: ExpressionCstNode[];
  step?: IToken[];
  stepValue?: ExpressionCstNode[];
};

export interface DefaultDeclarationCstNode extends CstNode {
  name: "defaultDeclaration";
  children: DefaultDeclarationCstChildren;
}

export type DefaultDeclarationCstChildren = {
  Default: IToken[];
  op: IToken[];
  attribute: AttributeCstNode[];
};

export interface InputDeclarationCstNode extends CstNode {
  name: "inputDeclaration";
  children: InputDeclarationCstChildren;
}

export type InputDeclarationCstChildren = {
  Input: IToken[];
  name: IToken[];
  shape?: ShapeCstNode[];
  attribute?: AttributeCstNode[];
};

export interface OutputDeclarationCstNode extends CstNode {
  name: "outputDeclaration";
  children: OutputDeclarationCstChildren;
}

export type OutputDeclarationCstChildren = {
  Output: IToken[];
  name: IToken[];
  Equals: IToken[];
  pathReference: PathReferenceCstNode[];
};

export interface AssertDeclarationCstNode extends CstNode {
  name: "assertDeclaration";
  children: AssertDeclarationCstChildren;
}

export type AssertDeclarationCstChildren = {
  Assert: IToken[];
  subject: IToken[];
  CallParen?: IToken[];
  pathReference?: PathReferenceCstNode[];
  RParen?: IToken[];
  comparison?: IToken[];
  bound: ExpressionCstNode[];
  why?: IToken[];
};

export interface SourceFileCstNode extends CstNode {
  name: "sourceFile";
  children: SourceFileCstChildren;
}

export type SourceFileCstChildren = {
  Newline?: IToken[];
  item?: ItemCstNode[];
};

export interface ItemCstNode extends CstNode {
  name: "item";
  children: ItemCstChildren;
}

export type ItemCstChildren = {
  importDeclaration?: ImportDeclarationCstNode[];
  networkDeclaration?: NetworkDeclarationCstNode[];
  blockDeclaration?: BlockDeclarationCstNode[];
  letDeclaration?: LetDeclarationCstNode[];
};

export interface ImportDeclarationCstNode extends CstNode {
  name: "importDeclaration";
  children: ImportDeclarationCstChildren;
}

export type ImportDeclarationCstChildren = {
  Import: IToken[];
  String?: IToken[];
  BadString?: IToken[];
  UnterminatedString?: IToken[];
};

export interface NetworkDeclarationCstNode extends CstNode {
  name: "networkDeclaration";
  children: NetworkDeclarationCstChildren;
}

export type NetworkDeclarationCstChildren = {
  Network: IToken[];
  name: IToken[];
  Equals?: IToken[];
  preset?: PresetCstNode[];
  attribute?: AttributeCstNode[];
  statementBody?: StatementBodyCstNode[];
};

export interface PresetCstNode extends CstNode {
  name: "preset";
  children: PresetCstChildren;
}

export type PresetCstChildren = {
  base: IToken[];
  callArguments: CallArgumentsCstNode[];
};

export interface BlockDeclarationCstNode extends CstNode {
  name: "blockDeclaration";
  children: BlockDeclarationCstChildren;
}

export type BlockDeclarationCstChildren = {
  Block: IToken[];
  name: IToken[];
  blockParameters?: BlockParametersCstNode[];
  attribute?: AttributeCstNode[];
  statementBody: StatementBodyCstNode[];
};

export interface BlockParametersCstNode extends CstNode {
  name: "blockParameters";
  children: BlockParametersCstChildren;
}

export type BlockParametersCstChildren = {
  CallParen: IToken[];
  blockParameter?: BlockParameterCstNode[];
  Comma?: IToken[];
  RParen: IToken[];
};

export interface BlockParameterCstNode extends CstNode {
  name: "blockParameter";
  children: BlockParameterCstChildren;
}

export type BlockParameterCstChildren = {
  First?: IToken[];
  name: IToken[];
  Equals?: IToken[];
  expression?: ExpressionCstNode[];
};
