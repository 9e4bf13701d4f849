import { expect, it } from "vitest";
import {
  crashTotals,
  gtestTotals,
  playwrightTotals,
  vitestTotals
} from "../../../tools/lib/totals.mjs";

it("counts each test of GoogleTest's report that ran in this shard", () => {
  const testsuite = [
    { name: "A", status: "RUN", result: "COMPLETED" },
    { name: "B", status: "RUN", result: "COMPLETED", failures: [{ failure: "no" }] },
    { name: "C", status: "RUN", result: "SKIPPED" },
    { name: "D", status: "NOTRUN", result: "SUPPRESSED" }
  ];
  expect(gtestTotals({ testsuites: [{ testsuite }] })).toEqual({
    passed: 1,
    failed: 1,
    skipped: 1
  });
});

it("counts a crash as a failure beside the tests that had passed", () => {
  const lines = ["[ RUN      ] A.A", "[       OK ] A.A (0 ms)", "[ RUN      ] A.B", "==1==ERROR"];
  expect(crashTotals(lines)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

it("counts a file that Vitest could not load as one failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{}] },
      { status: "passed", assertionResults: [{}] }
    ]
  };
  expect(vitestTotals(report)).toEqual({ passed: 3, failed: 2, skipped: 1 });
});

it("counts Playwright's errors outside of tests as failures", () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightTotals({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 2, skipped: 2 });
});
