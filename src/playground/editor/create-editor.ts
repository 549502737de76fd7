import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { mnet } from "../../codemirror/language.ts";
import type { Analysis, CompletionList, Extent, HoverText, PlayDiagnostic, PlayEdit } from "../compiler/requests.ts";
import { element } from "../dom/element.ts";
import { markdownElement } from "../dom/markdown-element.ts";
import { editorTheme } from "./editor-theme.ts";
import { hintField, setHints } from "./hint-widgets.ts";

/** The functions of the page that the editor calls. */
export interface EditorHost {
  /** Called after every change of the text. */
  readonly onChange: (text: string) => void;
  readonly hover: (offset: number) => Promise<HoverText | null>;
  readonly complete: (offset: number) => Promise<CompletionList | null>;
  readonly format: () => void;
}

export interface PlayEditor {
  readonly text: () => string;
  /** Replaces the whole text and clears the undo history. */
  readonly open: (text: string) => void;
  /**
   * Applies edits of a text as one change that can be undone. Does nothing if the editor now contains another text.
   */
  readonly edit: (edits: readonly PlayEdit[], text: string) => void;
  readonly show: (analysis: Analysis) => void;
  readonly goTo: (extent: Extent) => void;
}

/**
 * Returns a CodeMirror editor in a shadow tree. In a shadow tree CodeMirror uses constructed style sheets, and the
 * policy of the page allows no inline styles.
 */
export function createEditor(parent: HTMLElement, text: string, host: EditorHost): PlayEditor {
  const root = parent.attachShadow({ mode: "open" });
  const extensions = [
    lineNumbers(),
    foldGutter({ markerDOM: foldMark }),
    lintGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    autocompletion({ override: [(context) => completionsAt(host, context)] }),
    hoverTooltip(async (_view, offset) => {
      const found = await host.hover(offset);
      if (found === null) return null;
      return {
        pos: found.from,
        end: found.to,
        above: true,
        create: () => ({ dom: markdownElement(found.markdown) }),
      };
    }),
    keymap.of([
      { key: "Shift-Alt-f", run: () => (host.format(), true), preventDefault: true },
      { key: "Mod-s", run: () => (host.format(), true), preventDefault: true },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    mnet(),
    hintField,
    editorTheme,
    EditorView.contentAttributes.of({
      "aria-label": "Spec",
      "aria-description": "Escape, then Tab, leaves the editor",
      tabindex: "0",
    }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) host.onChange(state.doc.toString());
    }),
  ];
  const stateOf = (doc: string): EditorState => EditorState.create({ doc, extensions });
  const view = new EditorView({ state: stateOf(text), parent: root, root });

  return {
    text: () => view.state.doc.toString(),
    open(next) {
      view.setState(stateOf(next));
      host.onChange(view.state.doc.toString());
    },
    edit(edits, text) {
      if (view.state.doc.toString() === text) view.dispatch({ changes: [...edits], userEvent: "input" });
    },
    show({ diagnostics, hints }) {
      view.dispatch({ effects: setHints.of(hints) });
      view.dispatch(
        setDiagnostics(
          view.state,
          diagnostics.map((found) => shownDiagnostic(found, view.state.doc)),
        ),
      );
    },
    goTo({ from, to }) {
      const { length } = view.state.doc;
      const [anchor, head] = [Math.min(from, length), Math.min(to, length)];
      view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      view.focus();
    },
  };
}

/** Returns the marker of a fold. The theme draws it, because few fonts have the characters. */
function foldMark(isOpen: boolean): HTMLElement {
  return element("span", { class: `fold-mark ${isOpen ? "open" : "folded"}`, title: isOpen ? "Fold" : "Unfold" });
}

async function completionsAt(host: EditorHost, context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.matchBefore(/[\w=./(|"]$/);
  if (!context.explicit && before === null) return null;
  const found = await host.complete(context.pos);
  if (found === null) return null;
  return {
    from: found.from,
    to: found.to,
    validFor: /^\w*$/,
    options: found.options.map(({ label, insert, type, detail, markdown }, index) => ({
      label,
      apply: insert,
      type,
      detail,
      // Keeps the order of the compiler, which lists the best completions first.
      boost: Math.max(-99, 99 - index),
      ...(markdown !== "" && { info: () => markdownElement(markdown) }),
    })),
  };
}

/**
 * Returns a diagnostic for CodeMirror.
 *
 * @param doc the text that it is about. A fix does nothing if the editor contains another text.
 */
function shownDiagnostic(
  { from, to, severity, message, code, fixes }: PlayDiagnostic,
  doc: EditorState["doc"],
): Diagnostic {
  return {
    from,
    to,
    severity,
    message,
    source: code,
    actions: fixes.map(({ title, edits }) => ({
      name: title,
      apply(view) {
        if (view.state.doc.eq(doc)) view.dispatch({ changes: [...edits], userEvent: "input.fix" });
      },
    })),
  };
}
