// Prints "N passed, N failed" from vitest's JSON reports, each followed by the exit status of its run. Fails if a test
// failed or was skipped (WebGPU must have run), or if vitest itself failed. It is plain JavaScript, so that it works
// even if everything else is broken.
import { readFileSync } from "node:fs";

function countsOf(report, status) {
  const { passed, failed, skipped } = readCounts(report);
  // A failure outside of a test counts as one failed test: an unhandled rejection, for example, or a coverage below
  // the limit.
  const unexplained = failed === 0 && (skipped > 0 || status !== "0") ? 1 : 0;
  return { passed, failed: failed + unexplained, skipped };
}

function readCounts(report) {
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

const words = process.argv.slice(2);
const runs = words.flatMap((report, index) => (index % 2 === 0 ? [countsOf(report, words[index + 1])] : []));
const total = (field) => runs.reduce((sum, run) => sum + run[field], 0);
if (total("skipped") > 0) console.error(`${total("skipped")} tests were skipped, but no test may be skipped here`);
const failed = runs.length === 0 ? 1 : total("failed");
console.log(`${total("passed")} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
