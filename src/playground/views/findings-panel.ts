import type { PlayFinding } from "../compiler/requests.ts";
import { element } from "../dom/element.ts";
import { notice } from "./notice.ts";
import type { View, ViewHost } from "./view.ts";

/** Returns the tab of all findings in the spec. Each has its fix and the change of the figures that the fix causes. */
export function createFindingsView(host: ViewHost): View<"findings"> {
  const panel = element("section", { class: "panel" });
  return {
    id: "findings",
    label: "Findings",
    request: "findings",
    ask: null,
    panel,
    show(findings, { text }) {
      panel.replaceChildren(
        findings.length === 0
          ? notice("Nothing found: the spec compiles, and no rule reports anything.")
          : element("ul", { class: "findings" }, ...findings.map((finding) => findingItem(finding, text, host))),
      );
    },
  };
}

const severityWords = { error: "Error", warning: "Warning", info: "Note" } as const;

function findingItem(
  { code, severity, message, hint, file, line, column, extent, fix }: PlayFinding,
  text: string,
  host: ViewHost,
) {
  const place = `${extent === null ? `${file}:` : ""}${String(line)}:${String(column)}`;
  const head = [
    element("span", { class: `severity ${severity}` }, severityWords[severity]),
    element("code", { class: "rule" }, code),
    extent === null ? element("span", { class: "place" }, place) : placeButton(place, () => host.goTo(extent)),
  ];
  const item = element(
    "li",
    { class: "finding" },
    element("div", { class: "finding-head" }, ...head),
    element("p", {}, message),
    ...(hint === null ? [] : [element("p", { class: "faint" }, hint)]),
  );
  if (fix !== null) {
    const button = element("button", { type: "button" }, fix.title);
    button.addEventListener("click", () => host.edit(fix.edits, text));
    const effect = [
      fix.safety === "safe" ? "does not change what the network computes" : "a suggestion",
      ...fix.changes,
    ].join(", ");
    item.append(element("p", { class: "fix" }, button, element("span", { class: "faint" }, effect)));
  }
  return item;
}

function placeButton(place: string, goTo: () => void): HTMLElement {
  const button = element("button", { type: "button", class: "link place", "aria-label": `Go to ${place}` }, place);
  button.addEventListener("click", goTo);
  return button;
}
