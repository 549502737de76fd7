import { irJsonSchema } from "../../src/ir/schema.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The IR's JSON Schema, which `mnet ir --json` keeps to and the package exports. */
export const irSchemaFile: GeneratedFile = {
  path: "generated/ir.schema.json",
  contents: () => JSON.stringify(irJsonSchema(), null, 2),
};
