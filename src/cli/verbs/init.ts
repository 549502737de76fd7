import type { Command } from "commander";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { CliError } from "../failure/cli-error.ts";
import { isSystemError, systemFailure } from "../failure/system-failure.ts";
import { printData, printNote } from "../print/terminal.ts";

/** Names a network after its file: `my-net.mnet` holds `MyNet`. */
function networkName(file: string): string {
  const words = basename(file, extname(file)).match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
  return (/^[A-Za-z]/.test(name) ? name : `Net${name}`).slice(0, 64);
}

/** Returns a small MobileNetV2 of a few rows. It shows once each construct that a reader meets first. */
function starterSpec(name: string): string {
  return `/// A small network of inverted residuals (Sandler et al. 2018).
network ${name} family=mobilenet_v2 {
  param width = 1.0 in 0.25 .. 2.0
  param classes = 10
  let ch(c) = divisible(c * width, 8)

  default conv norm=batch act=relu6 padding=same
  default depthwise norm=batch act=relu6 padding=same

  input image [96, 96, 3] mean=127.5 std=127.5

  stem: conv 3x3 ch(16) stride=2 -> [48, 48, ch(16)]
  bottleneck {
    | t | ch(c) | n | s |
    | 1 |     8 | 1 | 1 |
    | 6 |    16 | 2 | 2 |
    | 6 |    32 | 3 | 2 |
  }
  last: conv 1x1 ch(128)
  head: classifier classes act=softmax

  assert params <= 500K "small enough to load over a slow connection"
}
`;
}

function targetFile(path: string): string {
  if (path.endsWith(".mnet")) return path;
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? path.endsWith("/");
  return isFolder ? join(path, "net.mnet") : `${path}.mnet`;
}

export function addInit(program: Command): void {
  program
    .command("init")
    .summary("write a small spec to start from")
    .description("Writes a small spec to start from. Never overwrites a file.")
    .argument("[path]", "a .mnet file, or the folder for net.mnet", ".")
    .action((path: string) => {
      const file = targetFile(path);
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, starterSpec(networkName(file)), { flag: "wx" });
      } catch (cause) {
        if (isSystemError(cause, "EEXIST")) throw new CliError(`${file} exists already, so nothing was written`);
        throw systemFailure(`Cannot write ${file}`, cause);
      }
      printData(file);
      printNote(`Next: mnet summary ${file}`);
    });
}
