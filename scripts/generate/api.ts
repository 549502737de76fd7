import { readApi, type ApiExport, type ApiSection } from "./api-exports.ts";
import type { GeneratedFile } from "./generated-file.ts";

const isValue = ({ kind }: ApiExport) => kind !== "type" && kind !== "namespace";

/**
 * Returns the page of the library's exports. Each section has its values first, then the types of their parameters and
 * results.
 */
export const apiPage: GeneratedFile = {
  path: "docs/api.md",
  contents: () => {
    const sections = readApi();
    return [
      "# The library",
      "Generated from the comments of src/index.ts and of what it exports, by `npm run generate`.",
      'Everything is imported from `"mnet"`. Functions take text, and return values with diagnostics and files as data. The library does not use the disk, the clock or the environment.',
      contents(sections),
      ...sections.flatMap(({ title, exports }) => [
        `## ${title}`,
        ...[...exports.filter(isValue), ...exports.filter((each) => !isValue(each))].map((each) =>
          entry(each, sections),
        ),
      ]),
    ].join("\n\n");
  },
};

function contents(sections: readonly ApiSection[]): string {
  return sections
    .map(({ title, exports }) => {
      const names = exports.filter(isValue).map(({ name }) => `[\`${name}\`](#${name.toLowerCase()})`);
      return `- **${title}**: ${names.join(", ")}`;
    })
    .join("\n");
}

function entry({ name, kind, code, doc, params, returns, throws }: ApiExport, sections: readonly ApiSection[]): string {
  const linked = (text: string) => withLinks(text, sections);
  const heading = `### ${name}`;
  if (kind === "namespace") return [heading, linked(doc), `Types: ${code}.`].join("\n\n");
  const facts = [
    ...params.map(([parameter, text]) => `- \`${parameter}\`: ${linked(text)}`),
    ...(returns === null ? [] : [`- Returns ${linked(returns)}`]),
    ...throws.map((text) => `- Throws ${linked(text)}`),
  ];
  return [heading, linked(doc), `\`\`\`typescript\n${code}\n\`\`\``, facts.join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Replaces `{@link name}` by a link if the page has the name, or else by the name as code. */
function withLinks(text: string, sections: readonly ApiSection[]): string {
  const known = new Set(sections.flatMap(({ exports }) => exports.map(({ name }) => name)));
  return text.replace(/\{@link (\w+)\}/g, (_whole, name: string) =>
    known.has(name) ? `[\`${name}\`](#${name.toLowerCase()})` : `\`${name}\``,
  );
}
