import { element } from "../dom/element.ts";
import type { PlayDocument } from "../compiler/play-document.ts";

export interface SpecPicker {
  readonly show: (document: PlayDocument, isEdited: boolean) => void;
}

/** Returns the list of shipped specs. A document that is not a shipped spec comes first. */
export function createSpecPicker(
  select: HTMLSelectElement,
  names: readonly string[],
  onPick: (name: string) => void,
): SpecPicker {
  select.addEventListener("change", () => onPick(select.value));
  return {
    show({ name }, isEdited) {
      const all = names.includes(name) ? names : [name, ...names];
      const textOf = (own: string): string => (own === name && isEdited ? `${own} (edited)` : own);
      select.replaceChildren(...all.map((own) => element("option", { value: own }, textOf(own))));
      select.value = name;
    },
  };
}
