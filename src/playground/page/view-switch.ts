import type { CompilerClient } from "../compiler/compiler-client.ts";
import type { PlayDocument } from "../compiler/play-document.ts";
import type { RequestKind } from "../compiler/requests.ts";
import { createTabList, type Tab, type TabList } from "../dom/tab-list.ts";
import { notice } from "../views/notice.ts";
import type { View } from "../views/view.ts";

export interface ViewSwitch {
  readonly tabs: TabList;
  /** Asks the compiler for what the selected tab shows. */
  readonly refresh: () => void;
}

/**
 * Makes the tabs of the page. The compiler is asked only for the tab that is selected.
 *
 * @param extra tabs that fill themselves
 */
export function createViewSwitch(
  client: CompilerClient,
  current: () => PlayDocument,
  views: readonly View[],
  extra: readonly Tab[],
): ViewSwitch {
  const tabs = createTabList("What the spec compiles to", [...views, ...extra], () => refresh());

  async function fill<K extends RequestKind>(view: View<K>): Promise<void> {
    const document = current();
    try {
      const reply = await client.ask(view.request, document, view.ask);
      // Another answer is under way.
      if (reply === null) return;
      view.show(reply.answer, document);
    } catch (failure) {
      view.panel.replaceChildren(notice(failure instanceof Error ? failure.message : String(failure)));
    }
    view.panel.removeAttribute("aria-busy");
  }

  function refresh(): void {
    const view = views.find(({ id }) => id === tabs.selected());
    if (view === undefined) return;
    view.panel.setAttribute("aria-busy", "true");
    void fill(view);
  }

  return { tabs, refresh };
}
