import type { CompilerClient } from "../compiler/compiler-client.ts";
import type { PlayDocument } from "../compiler/play-document.ts";
import type { RequestKind } from "../compiler/requests.ts";
import { createTabList, type Tab, type TabList } from "../dom/tab-list.ts";
import { notice } from "../views/notice.ts";
import type { View } from "../views/view.ts";

export interface ViewSwitch {
  readonly tabs: TabList;
  /** Requests the contents of the selected tab from the compiler. */
  readonly refresh: () => void;
}

/**
 * Returns the tabs of the page. Only the contents of the selected tab are requested from the compiler.
 *
 * @param extra tabs that need no answer of the compiler
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
      // Another answer will come.
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
