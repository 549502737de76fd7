import { element } from "../dom/element.ts";

export interface MessageLine {
  readonly say: (text: string, kind?: "note" | "problem") => void;
  /** Returns the reason of a failure: the message of an error, or any other value as text. */
  readonly complain: (failure: unknown) => void;
  readonly clear: () => void;
}

/** Shows one message at a time. Screen readers read it out. A problem stays until the reader dismisses it. */
export function createMessageLine(place: HTMLElement): MessageLine {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    place.replaceChildren();
    place.className = "message";
  };
  const say = (text: string, kind: "note" | "problem" = "note"): void => {
    clear();
    const dismiss = element("button", { type: "button", class: "quiet", "aria-label": "Dismiss" }, "×");
    dismiss.addEventListener("click", clear);
    place.classList.add(kind);
    place.append(element("span", {}, text), dismiss);
    if (kind === "note") timer = setTimeout(clear, 6000);
  };
  return {
    clear,
    say,
    complain: (failure) => say(failure instanceof Error ? failure.message : String(failure), "problem"),
  };
}
