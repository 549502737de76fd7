import { graphHtml } from "../drawing/html/graph-html.ts";
import { dispatchSection } from "./dispatch-section.ts";
import { findingSection } from "./finding-section.ts";
import { layerSection } from "./layer-section.ts";
import { memorySection } from "./memory-section.ts";
import type { ReportData } from "./report-data.ts";
import { sourceSection } from "./source-section.ts";
import { stageSection } from "./stage-section.ts";

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: (data: ReportData) => string;
}

/** The sections of a report in order. Short and important sections come first. */
export const sections: readonly Section[] = [
  { id: "stages", title: "Cost by stage", html: stageSection },
  { id: "findings", title: "Findings", html: findingSection },
  { id: "graph", title: "Graph", html: ({ graph }) => graphHtml(graph, { unfold: false }) },
  { id: "layers", title: "Layers", html: layerSection },
  { id: "memory", title: "Memory", html: memorySection },
  { id: "dispatches", title: "Dispatches", html: dispatchSection },
  { id: "sources", title: "Sources", html: sourceSection },
];
