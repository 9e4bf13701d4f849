// Exact counts out of the reports of the test programs. Each gives { passed, failed, skipped }.

/** GoogleTest's `--gtest_output=json`. Tests of other shards are listed, but not run. */
export function gtestTotals(report) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of report.testsuites ?? []) {
    for (const test of suite.testsuite) {
      if (test.status !== "RUN") continue;
      if (test.result === "SKIPPED") totals.skipped++;
      else totals[test.failures?.length ? "failed" : "passed"]++;
    }
  }
  return totals;
}

/** The lines of a GoogleTest run that wrote no report, as it crashed in the test it names last. */
export function crashTotals(lines) {
  const count = (mark) => lines.filter((line) => line.startsWith(mark)).length;
  return { passed: count("[       OK ]"), failed: count("[  FAILED  ]") + 1, skipped: 0 };
}

/** Vitest's JSON reporter. A file that could not be loaded counts as one failed test. */
export function vitestTotals(report) {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests
  };
}

/** Playwright's JSON reporter. An error outside of a test counts as one failed test. */
export function playwrightTotals(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
}
