import type { Command } from "commander";

export function addLsp(program: Command): void {
  program
    .command("lsp")
    .summary("serve editors by the language server protocol")
    .description(
      "Speaks the language server protocol with an editor on standard input and output until it says goodbye.",
    )
    .option("--stdio", "speak on standard input and output, which is what it does in any case")
    .action(async () => {
      const { runLanguageServer } = await import("../run/run-language-server.ts");
      await runLanguageServer();
    });
}
