/** A piece of a line: text or code. */
export interface MarkdownSpan {
  readonly code: boolean;
  readonly text: string;
}

export type MarkdownBlock =
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "rule" }
  | { readonly kind: "paragraph"; readonly spans: readonly MarkdownSpan[] }
  | { readonly kind: "list"; readonly items: readonly (readonly MarkdownSpan[])[] };

/** Parses the Markdown that hover and completion produce: fenced code, rules, lists, paragraphs and inline code. */
export function markdownBlocks(text: string): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    if (line.startsWith("```")) {
      const end = lines.indexOf("```", at + 1);
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(at + 1, last).join("\n") });
      at = last + 1;
    } else if (line === "---") {
      blocks.push({ kind: "rule" });
      at++;
    } else if (line.trim() === "") at++;
    else {
      const isItem = line.startsWith("- ");
      let last = at + 1;
      while (last < lines.length && goesOn(lines[last] ?? "", isItem)) last++;
      const own = lines.slice(at, last);
      blocks.push(
        isItem
          ? { kind: "list", items: own.map((item) => markdownSpans(item.slice(2))) }
          : { kind: "paragraph", spans: markdownSpans(own.join(" ")) },
      );
      at = last;
    }
  }
  return blocks;
}

function goesOn(line: string, inList: boolean): boolean {
  return inList ? line.startsWith("- ") : line.trim() !== "" && line !== "---" && !/^(?:```|- )/.test(line);
}

function markdownSpans(text: string): readonly MarkdownSpan[] {
  return text
    .split("`")
    .map((part, index) => ({ code: index % 2 === 1, text: part }))
    .filter((span) => span.text !== "");
}
