import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { EditorView } from "@codemirror/view";
import type { Extension } from "@codemirror/state";

/**
 * The theme of the editor. Its colours are custom properties of the page, which depend on the reader's colour scheme.
 */
const look = EditorView.theme({
  "&": { height: "100%", fontSize: "13.5px", color: "var(--ink)", backgroundColor: "var(--paper)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontVariantLigatures: "none", lineHeight: "1.6" },
  ".fold-mark": {
    display: "inline-block",
    border: "4px solid transparent",
    borderTopColor: "currentColor",
    borderBottomWidth: "0",
    verticalAlign: "2px",
    opacity: ".55",
    cursor: "pointer",
  },
  ".fold-mark.folded": { transform: "rotate(-90deg)", opacity: "1" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selection)",
  },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--faint)", border: "none" },
  ".cm-activeLine": { backgroundColor: "var(--line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--line)", color: "var(--ink)" },
  ".cm-foldPlaceholder": { background: "var(--panel)", color: "var(--faint)", border: "1px solid var(--rule)" },
  ".cm-matchingBracket": { outline: "1px solid var(--faint)", backgroundColor: "transparent !important" },
  ".cm-tooltip": {
    backgroundColor: "var(--panel)",
    color: "var(--ink)",
    border: "1px solid var(--rule)",
    borderRadius: "6px",
    boxShadow: "0 6px 20px rgb(0 0 0 / .16)",
    maxWidth: "min(520px, 90vw)",
  },
  ".cm-tooltip-hover .markdown, .cm-completionInfo .markdown": { padding: "4px 10px", fontFamily: "var(--sans)" },
  ".markdown p, .markdown ul, .markdown pre": { margin: "5px 0", fontSize: "13px", lineHeight: "1.45" },
  ".markdown ul": { paddingLeft: "18px" },
  ".markdown pre": { fontFamily: "var(--mono)", whiteSpace: "pre-wrap" },
  ".markdown code": { fontFamily: "var(--mono)", fontSize: "12.5px" },
  ".markdown hr": { border: "none", borderTop: "1px solid var(--rule)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "1", color: "inherit" },
  ".cm-diagnostic": { borderLeftWidth: "3px", padding: "5px 10px", whiteSpace: "pre-wrap", fontFamily: "var(--sans)" },
  // The package's own markers have the same colour in both colour schemes, so they are replaced here.
  ".cm-lintRange": { backgroundImage: "none", textDecorationSkipInk: "none", textUnderlineOffset: "3px" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--error)" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--warning)" },
  ".cm-lintRange-info": { textDecoration: "underline wavy var(--info)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--info)" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
    borderRadius: "4px",
    padding: "2px 8px",
    margin: "4px 6px 0 0",
    font: "inherit",
  },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--ink)", borderColor: "var(--rule)" },
  ".cm-panel.cm-search": { fontFamily: "var(--sans)" },
  ".cm-textfield, .cm-button": {
    background: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--rule)",
    borderRadius: "4px",
  },
  ".cm-panel-lint ul [aria-selected]": { backgroundColor: "var(--line)", color: "var(--ink)" },
  ".hint": {
    marginLeft: "1.6ch",
    color: "var(--hint)",
    fontSize: "12px",
    whiteSpace: "nowrap",
    cursor: "default",
  },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.definitionKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
  { tag: [tags.comment, tags.docComment], color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.string], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--code-number)" },
  { tag: [tags.typeName, tags.className], color: "var(--code-type)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.name)], color: "var(--code-type)" },
  { tag: [tags.attributeName, tags.propertyName], color: "var(--code-property)" },
  { tag: [tags.operator, tags.punctuation, tags.bracket, tags.brace], color: "var(--faint)" },
]);

export const editorTheme: Extension = [look, syntaxHighlighting(colours)];
