import { runLanguageServer } from "../../../src/cli/run/run-language-server.ts";

// Runs `mnet lsp` in a process of the editor's own Node.
void runLanguageServer();
