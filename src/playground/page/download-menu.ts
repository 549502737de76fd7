/**
 * Adds event handlers to the page's download menu: a press outside of the menu or Escape closes it, and a button
 * requests the target that its `data-target` names.
 */
export function wireDownloadMenu(menu: HTMLDetailsElement, onChoose: (target: string) => void): void {
  for (const button of menu.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      menu.open = false;
      onChoose(button.dataset["target"] ?? "");
    });
  }
  addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
