import { element } from "../dom/element.ts";
import type { RunInput, SeenInput } from "./run-input.ts";
import { createInputChooser } from "./input-chooser.ts";
import { type TfjsBackend, tfjsBackends } from "./tfjs-libraries.ts";

/** The actions of the buttons. */
export interface RunActions {
  readonly run: () => void;
  readonly timeDispatches: () => void;
  readonly compare: () => void;
  /** Stops the running task. */
  readonly stop: () => void;
  /** Called when another input is chosen. */
  readonly inputChanged: () => void;
}

/** The features of this browser. */
export interface RunAbilities {
  readonly webgpu: boolean;
  readonly timestamps: boolean;
  /** The same in sentences for the reader. */
  readonly notice: string;
}

export interface RunControls {
  readonly element: HTMLElement;
  readonly input: () => RunInput | null;
  readonly showInput: (seen: SeenInput) => void;
  readonly backend: () => TfjsBackend;
  readonly setAbilities: (abilities: RunAbilities) => void;
  readonly setBusy: (busy: boolean) => void;
  /** Shows the present step of the task. Screen readers read it out. */
  readonly say: (text: string) => void;
  readonly sayProblem: (text: string) => void;
  /** Shows a result. Null removes the shown result. */
  readonly show: (place: ResultPlace, content: Node | null) => void;
  /** Marks whether the results are those of an earlier network. */
  readonly setStale: (stale: boolean) => void;
}

const places = { outputs: "Result", times: "Times", dispatches: "Dispatches", comparison: "Beside tf.js" } as const;
export type ResultPlace = keyof typeof places;

const backendNames: Readonly<Record<TfjsBackend, string>> = {
  webgpu: "WebGPU",
  wasm: "WebAssembly",
  cpu: "plain JavaScript",
};

/** Returns the elements of the panel. Their buttons call `actions`. */
export function createRunControls(actions: RunActions): RunControls {
  const root = element("section", { class: "run", "aria-label": "Run the network" });
  const notice = element("p", { class: "run-notice" });
  const status = element("p", { class: "run-status", role: "status" });
  const problem = element("p", { class: "run-problem", role: "alert" });
  const chooser = createInputChooser(root, actions.inputChanged, (text) => sayProblem(text));
  const button = (text: string, action: () => void) => {
    const made = element("button", { type: "button" }, text);
    made.addEventListener("click", action);
    return made;
  };
  const run = button("Run", actions.run);
  run.classList.add("run-primary");
  const timeDispatches = button("Time dispatches", actions.timeDispatches);
  const compare = button("Compare with tf.js", actions.compare);
  const stop = button("Stop", actions.stop);
  const backends = element("select", {});
  const results = element("div", { class: "run-results" });
  const sections = new Map(
    Object.entries(places).map(([place, title]) => {
      const content = element("div", {});
      const section = element(
        "section",
        { class: `run-place-${place}`, hidden: "" },
        element("h3", {}, title),
        content,
      );
      results.append(section);
      return [place as ResultPlace, { section, content }] as const;
    }),
  );
  let abilities: RunAbilities = { webgpu: false, timestamps: false, notice: "" };
  let isBusy = false;
  /** Keeps the buttons while a task runs, because one may have the focus. They do nothing during that time. */
  const enable = () => {
    for (const made of [run, timeDispatches, compare]) made.setAttribute("aria-disabled", String(isBusy));
    stop.setAttribute("aria-disabled", String(!isBusy));
    timeDispatches.disabled = !abilities.timestamps;
    compare.disabled = !abilities.webgpu;
    root.setAttribute("aria-busy", String(isBusy));
  };
  const sayProblem = (text: string) => {
    problem.textContent = text;
  };
  enable();
  root.append(
    notice,
    chooser.element,
    element(
      "div",
      { class: "run-actions" },
      run,
      timeDispatches,
      compare,
      stop,
      element("label", {}, "tf.js on ", backends),
    ),
    status,
    problem,
    results,
  );
  return {
    element: root,
    input: chooser.choice,
    showInput: chooser.show,
    backend: () => tfjsBackends.find((name) => name === backends.value) ?? "wasm",
    setAbilities(found) {
      abilities = found;
      notice.textContent = found.notice;
      const offered = tfjsBackends.filter((name) => name !== "webgpu" || found.webgpu);
      backends.replaceChildren(...offered.map((value) => element("option", { value }, backendNames[value])));
      enable();
    },
    setBusy(busy) {
      isBusy = busy;
      enable();
    },
    say(text) {
      status.textContent = text;
    },
    sayProblem,
    show(place, content) {
      const { section, content: holder } = sections.get(place)!;
      section.hidden = content === null;
      holder.replaceChildren(...(content === null ? [] : [content]));
    },
    setStale: (stale) => results.classList.toggle("run-stale", stale),
  };
}
