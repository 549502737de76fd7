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

  /** Lets the editor handle clicks. It puts the cursor after the row. */
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

/** The effect that replaces all hints. */
export const setHints = StateEffect.define<readonly PlayHint[]>();

/** The hints after rows and statements. They move with the text until the next analysis. */
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
