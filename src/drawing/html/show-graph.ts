const repeats = ({ dataset }: HTMLElement): string => dataset["repeats"] ?? "";

/**
 * Puts the HTML of `graphHtml` into the element `place`. An unfolded row stays unfolded, also if its position changes:
 * rows are compared by name.
 */
export function showGraph(place: HTMLElement, html: string): void {
  const open = new Set([...place.querySelectorAll<HTMLElement>("details[open] > summary")].map(repeats));
  // The markup comes from `graphHtml`, which escapes all text from users.
  place.innerHTML = html;
  for (const summary of place.querySelectorAll<HTMLElement>("details > summary")) {
    if (open.has(repeats(summary))) summary.parentElement?.setAttribute("open", "");
  }
}
