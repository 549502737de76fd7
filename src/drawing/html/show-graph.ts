const repeats = ({ dataset }: HTMLElement): string => dataset["repeats"] ?? "";

/** Shows the elements of `graphHtml` in a page's `place`. Rows go by what they are called, so that one that moves stays unfolded. */
export function showGraph(place: HTMLElement, html: string): void {
  const open = new Set([...place.querySelectorAll<HTMLElement>("details[open] > summary")].map(repeats));
  // The drawing's own markup, which escapes what users wrote.
  place.innerHTML = html;
  for (const summary of place.querySelectorAll<HTMLElement>("details > summary")) {
    if (open.has(repeats(summary))) summary.parentElement?.setAttribute("open", "");
  }
}
