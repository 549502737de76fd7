// Prints "N passed, N failed" from vitest's JSON report, and fails where a test failed, was skipped (WebGPU must have run) or
// where vitest itself did. Plain JavaScript: it must speak even where everything else is broken.
import { readFileSync } from "node:fs";

const [report, status] = process.argv.slice(2);

function counts() {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    const brokenFiles = testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    ).length;
    return { passed: numPassedTests, failed: numFailedTests + brokenFiles, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const { passed, failed, skipped } = counts();
if (skipped > 0) console.error(`${skipped} tests were skipped; here none may be`);
// A failure that no test accounts for, an unhandled rejection for example, is one too.
const unexplained = failed === 0 && (skipped > 0 || status !== "0") ? 1 : 0;
console.log(`${passed} passed, ${failed + unexplained} failed`);
process.exit(failed + unexplained > 0 ? 1 : 0);
