// The core by itself, natively and as WebAssembly: what a call costs, and what a request within a
// dialog costs as there are more dialogs.
import { median } from "./rounds.mjs";
import { at, emscriptenEnvironment, run } from "../lib/process.mjs";

const sizes = [1, 100, 10_000, 100_000];

const places = {
  native: ["native-release", (args) => run(at("build/native-release/sip_bench_calls"), args)],
  WebAssembly: [
    "wasm-release",
    (args) => run(process.execPath, [at("build/wasm-release/wasm/sip_bench_calls.cjs"), ...args])
  ]
};

/** Microseconds of processor time. */
export function compareCore() {
  for (const [preset] of Object.values(places)) {
    const env = preset.startsWith("wasm") ? emscriptenEnvironment() : process.env;
    run("cmake", ["--preset", preset], { env });
    run("cmake", ["--build", "--preset", preset, "--target", "sip_bench_calls"], { env });
  }
  const numbers = (output) => output.trim().split("\n").map(Number);
  const rounds = Array.from({ length: 5 }, () =>
    Object.values(places).map(([, bench]) => numbers(bench(["calls", "2000"]))[0])
  );
  return Object.fromEntries(
    Object.entries(places).map(([name, [, bench]], i) => [
      name,
      {
        call: median(rounds.map((round) => round[i])),
        ratio: median(rounds.map((round) => round[i] / round[0])),
        dialogs: Object.fromEntries(
          numbers(bench(["dialogs", ...sizes.map(String)])).map((each, j) => [sizes[j], each])
        )
      }
    ])
  );
}

export function printCore(result) {
  console.log(
    "\nthe core by itself, microseconds: a call; an INFO and its answer among so many dialogs"
  );
  const labels = sizes.map((size) => `${size}`.padStart(9)).join("");
  console.log(`  ${"".padEnd(14)}${"a call".padStart(9)}${labels}    growth`);
  for (const [name, { call, dialogs }] of Object.entries(result)) {
    const each = Object.values(dialogs);
    const cells = [call, ...each].map((each) => each.toFixed(1).padStart(9)).join("");
    console.log(
      `  ${name.padEnd(14)}${cells}${`${(each.at(-1) / each[0]).toFixed(1)} x`.padStart(10)}`
    );
  }
}
