import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import type { PlayHint } from "../compiler/requests.ts";

class HintWidget extends WidgetType {
  readonly hint: PlayHint;

  constructor(hint: PlayHint) {
    super();
    this.hint = hint;
  }

  override eq({ hint }: HintWidget): boolean {
    return hint.text === this.hint.text && hint.details === this.hint.details;
  }

  /** A click on a hint is the editor's: it puts the cursor behind the row, where the browser would put it anywhere. */
  override ignoreEvent(): boolean {
    return false;
  }

  override toDOM(): HTMLElement {
    const span = document.createElement("span");
    span.className = "hint";
    span.textContent = this.hint.text;
    if (this.hint.details !== "") span.title = this.hint.details;
    return span;
  }
}

/** Replaces all hints. */
export const setHints = StateEffect.define<readonly PlayHint[]>();

/** What rows and statements come to, behind them. Until the next analysis they move with the text. */
export const hintField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(hints, { effects, changes, newDoc }) {
    let now = hints.map(changes);
    for (const effect of effects) {
      if (!effect.is(setHints)) continue;
      const widgets = effect.value
        .filter(({ at }) => at <= newDoc.length)
        .map((hint) => Decoration.widget({ widget: new HintWidget(hint), side: 1 }).range(hint.at));
      now = Decoration.set(widgets, true);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});
