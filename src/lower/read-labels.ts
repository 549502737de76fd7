import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { NetworkDeclaration } from "../syntax/ast.ts";
import { resolveImportPath } from "../program/import-path.ts";
import type { ReadFile } from "../program/program.ts";

/** Reads a network's `labels`: a list of strings, or the name of a text file beside the spec with one label on each line. */
export function readLabels(
  network: NetworkDeclaration,
  read: ReadFile,
  report: (diagnostic: Diagnostic) => void,
): readonly string[] | null {
  const attribute = network.attributes.find(({ key }) => key.text === "labels");
  if (attribute === undefined) return null;
  const { value } = attribute;
  if (value.kind === "list") {
    const strings = value.elements.map((element) => (element.kind === "string" ? element.value : null));
    const wrong = value.elements[strings.indexOf(null)];
    if (wrong === undefined) return strings.filter((label) => label !== null);
    report(error("network/labels", wrong.span, "A label is a string.", { hint: 'Write it in quotes: "cat".' }));
    return null;
  }
  if (value.kind !== "string") {
    report(
      error("network/labels", value.span, 'Expected a list of strings or a file name for "labels".', {
        hint: 'Write labels=["cat", "dog"] or labels="labels.txt".',
      }),
    );
    return null;
  }
  const path = resolveImportPath(network.span.file, value.value);
  const text = path === null ? null : read(path);
  if (text === null) {
    report(
      error(
        "network/labels",
        value.span,
        `There is no file "${value.value}" beside the spec, or it is no UTF-8 text, or it lies outside the project.`,
        {
          hint: path === null ? "Give a path relative to the spec." : `Put it at "${path}", or correct the path.`,
        },
      ),
    );
    return null;
  }
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
