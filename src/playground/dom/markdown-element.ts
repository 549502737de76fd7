import { element } from "./element.ts";
import { markdownBlocks, type MarkdownBlock, type MarkdownSpan } from "./markdown-blocks.ts";

/**
 * Returns the Markdown that hover and completion produce as an element. User text becomes text nodes, never markup.
 */
export function markdownElement(text: string): HTMLElement {
  return element("div", { class: "markdown" }, ...markdownBlocks(text).map(blockElement));
}

function blockElement(block: MarkdownBlock): HTMLElement {
  switch (block.kind) {
    case "code":
      return element("pre", {}, element("code", {}, block.text));
    case "rule":
      return element("hr");
    case "paragraph":
      return element("p", {}, ...block.spans.map(spanNode));
    case "list":
      return element("ul", {}, ...block.items.map((spans) => element("li", {}, ...spans.map(spanNode))));
  }
}

function spanNode({ code, text }: MarkdownSpan): Node | string {
  return code ? element("code", {}, text) : text;
}
