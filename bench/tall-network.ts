/** Returns a network of many bottleneck rows. Most of them have three layers and a residual. */
export function tallNetwork(rows: number): string {
  const widths = [24, 32, 40, 48];
  return [
    "network Tall {",
    "  default conv norm=batch act=relu6 padding=same",
    "  default depthwise norm=batch act=relu6 padding=same",
    "  input image [64, 64, 3]",
    "  stem: conv 3x3 32 stride=2",
    "  bottleneck {",
    "    | t | c  | n | s |",
    ...Array.from({ length: rows }, (_, row) => `    | 6 | ${widths[Math.floor(row / 8) % 4]} | 1 | 1 |`),
    "  }",
    "  last: conv 1x1 128",
    "  head: classifier 10",
    "}",
    "",
  ].join("\n");
}
