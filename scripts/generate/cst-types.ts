import { generateCstDts } from "chevrotain";
import { MnetParser } from "../../grammar/parser.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The types of the concrete syntax tree, with one interface for each grammar rule. */
export const cstTypes: GeneratedFile = {
  path: "generated/cst-types.ts",
  contents: () => {
    const types = generateCstDts(new MnetParser({ validateGrammar: true }).getGAstProductions(), {
      includeVisitorInterface: false,
    });
    // Chevrotain imports the visitor's type even if it generates no visitor.
    return `// Generated from grammar/ by npm run generate.\n${types.replace("CstNode, ICstVisitor, IToken", "CstNode, IToken")}`;
  },
};
