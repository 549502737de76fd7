import type { Command } from "commander";

export function addLsp(program: Command): void {
  program
    .command("lsp")
    .summary("serve editors with the language server protocol")
    .description(
      "Speaks the language server protocol with an editor on standard input and output until the editor ends the session.",
    )
    .option("--stdio", "speak on standard input and output, which it always does")
    .action(async () => {
      const { runLanguageServer } = await import("../run/run-language-server.ts");
      await runLanguageServer();
    });
}
