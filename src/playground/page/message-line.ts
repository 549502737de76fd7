import { element } from "../dom/element.ts";

export interface MessageLine {
  readonly say: (text: string, kind?: "note" | "problem") => void;
  readonly clear: () => void;
}

/** One sentence to the reader at a time, read out by screen readers. Problems stay until they are dismissed. */
export function createMessageLine(place: HTMLElement): MessageLine {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    place.replaceChildren();
    place.className = "message";
  };
  return {
    clear,
    say(text, kind = "note") {
      clear();
      const dismiss = element("button", { type: "button", class: "quiet", "aria-label": "Dismiss" }, "×");
      dismiss.addEventListener("click", clear);
      place.classList.add(kind);
      place.append(element("span", {}, text), dismiss);
      if (kind === "note") timer = setTimeout(clear, 6000);
    },
  };
}
