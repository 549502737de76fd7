/** Wires the page's menu of downloads: a press outside of it or Escape closes it, and a button asks for the target that its data name. */
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
