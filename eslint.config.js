import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Stages in the order of the data; a folder may import what stands before it (ARCHITECTURE.md: imports point one way). */
const stages = [
  ["src/text", "src/machine"],
  ["src/diagnostics"],
  ["grammar"],
  ["src/syntax"],
  ["src/ir"],
  ["src/formats", "src/language", "src/program"],
  ["src/names"],
  ["src/lower"],
  ["src/passes"],
  ["src/analysis", "src/weights", "src/reference", "src/format"],
  ["src/targets", "src/drawing"],
  ["src/compile.ts", "src/inspect.ts"],
  ["src/lint"],
  ["src/config", "src/report"],
  ["src/lsp"],
  ["src/gpu", "src/training", "src/codemirror", "src/index.ts"],
  ["src/running"],
  ["src/bench"],
  ["src/cli", "src/playground"],
];

const zones = stages.slice(0, -1).flatMap((folders, stage) => {
  const later = stages.slice(stage + 1).flat();
  return folders.map((target) => ({
    target: `./${target}`,
    from: later.map((folder) => `./${folder}`),
    message: "Imports point from later stages to earlier ones.",
  }));
});

const doors = JSON.parse(readFileSync(join(import.meta.dirname, "doors.json"), "utf8"));

/** The entries of src and grammar that lie beside a room, or beside a folder around it. */
function outsideOf(room) {
  const parent = dirname(room);
  const beside = readdirSync(join(import.meta.dirname, parent)).map((name) => `${parent}/${name}`);
  const around = parent === "src" ? ["grammar"] : outsideOf(parent);
  return [...around, ...beside.filter((entry) => entry !== room)];
}

/** Others enter a big room by its doors; test/architecture.test.ts holds the same table. */
const doorZones = Object.entries(doors).map(([room, names]) => {
  return {
    target: outsideOf(room).map((entry) => `./${entry}`),
    from: `./${room}`,
    // The types of a JavaScript file stand in its declarations, and imports resolve to them.
    except: names.flatMap((name) => [`./${name}`, ...(name.endsWith(".js") ? [`./${name.slice(0, -3)}.d.ts`] : [])]),
    message: `The doors of ${room} are ${names.join(", ") || "none"} (doors.json).`,
  };
});

/** Rooms of a folder in their order; each may import those before it. src/targets/webgpu/plan-network.ts is the map of the WebGPU target. */
const orderedRooms = {
  "src/targets/webgpu": [
    "schedule",
    "wgsl",
    "cost",
    "files",
    "kernels",
    "fusion",
    "memory",
    "tuning",
    "check",
    "plan-network.ts",
    "emit",
    "emit.ts",
  ],
  "src/cli": ["failure", "disk", "print", "options", "threads", "run", "verbs", "program.ts", "main.ts"],
};

const roomZones = Object.entries(orderedRooms).flatMap(([folder, rooms]) =>
  rooms.slice(0, -1).map((room, index) => ({
    target: `./${folder}/${room}`,
    from: rooms.slice(index + 1).map((later) => `./${folder}/${later}`),
    message: `Rooms of ${folder} import those before them: ${rooms.join(", ")}.`,
  })),
);

const targets = ["src/targets/onnx", "src/targets/tfjs", "src/targets/webgpu"];

/** Targets share what stands beside them, and never enter each other. What they share knows no target. */
const targetZones = [...targets, "src/targets/source-plan"].map((room) => ({
  target: `./${room}`,
  from: ["src/syntax", "src/lower", "grammar", ...targets.filter((other) => other !== room)].map((from) => `./${from}`),
  message: "A target sees the graph, never the syntax or another target.",
}));

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      "dist/",
      "build/",
      "coverage/",
      "generated/",
      "shared/",
      // Declarations of the JavaScript that every WebGPU build contains; tsc checks them.
      "**/*.d.ts",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createTypeScriptImportResolver({ project: "tsconfig.json" })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
      "import-x/extensions": [".ts"],
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Numbers in messages are the point of most of them.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // tf.js's and Dawn's own handles are void-returning in arrow bodies.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Inner loops over typed arrays index within bounds that the loop itself states.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Circles of imports are counted, with those of types, by test/architecture.test.ts.
      "import-x/no-default-export": "error",
      "import-x/no-restricted-paths": [
        "error",
        {
          basePath: import.meta.dirname,
          zones: [...zones, ...doorZones, ...roomZones, ...targetZones],
        },
      ],
    },
  },
  { files: ["**/*.config.ts"], rules: { "import-x/no-default-export": "off" } },
  {
    files: ["**/*.js"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        URL: "readonly",
        fetch: "readonly",
        TextDecoder: "readonly",
        performance: "readonly",
      },
    },
  },
);
