#!/usr/bin/env node
// Brings a machine to where it can build, test or start: `node tools/setup.mjs build|test|start|bench|matrix`.
// Idempotent; silent when nothing is missing, one line for each thing it installs and why. Installs
// through apt-get on Debian and its relatives, as root or through sudo; elsewhere it says what to
// install by hand and uses what is on the PATH.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { spawnSync } from "node:child_process";
import { at, have, run } from "./lib/process.mjs";
import { sourceEntries } from "./lib/apt-sources.mjs";

const program = (name) => () => have(name);
const file = (path) => () => existsSync(path);

/** Debian packages, why each is needed, how its presence shows, and its name elsewhere. */
const forBuild = [
  ["cmake", "describes the C++ build", program("cmake"), "cmake 3.25 or later"],
  ["ninja-build", "runs the C++ build", program("ninja"), "ninja"],
  [
    "emscripten",
    "compiles C++ to WebAssembly",
    program("emcc"),
    "emsdk with Emscripten 3.1.6 or later, its emcc on the PATH"
  ],
  ["binaryen", "splits the module", program("wasm-split"), "Binaryen, its wasm-split on the PATH"]
];
const abseilSource = [
  ["dpkg-dev", "unpacks Abseil's sources for WebAssembly", program("dpkg-source")]
];
const forTest = [
  ["g++", "compiles the core natively", program("c++"), "a C++20 compiler as c++"],
  ["clang", "compiles the fuzzers", program("clang++"), "clang 14 or later with libFuzzer"],
  ["libclang-rt-14-dev", "libFuzzer and the sanitizers of clang", fuzzerRuntime],
  ["ccache", "makes the second build fast", program("ccache"), "ccache"],
  ["libabsl-dev", "Abseil for the native build", file("/usr/include/absl"), "Abseil"],
  ["libgtest-dev", "GoogleTest", file("/usr/include/gtest/gtest.h"), "GoogleTest"],
  ["libgmock-dev", "GoogleTest's matchers", file("/usr/include/gmock/gmock.h"), "GoogleMock"],
  ["nlohmann-json3-dev", "reads traces", file("/usr/include/nlohmann/json.hpp"), "nlohmann/json"],
  ["clang-format", "checks the format of C++", program("clang-format"), "clang-format 14"],
  [
    "chromium",
    "end-to-end tests run in it",
    () => ["chromium", "chromium-browser", "google-chrome"].some(have),
    "Chromium, its path in CHROMIUM if it is not on the PATH"
  ],
  ["kamailio", "the SIP server of the end-to-end tests", kamailio(""), "kamailio 5.6 or later"],
  ["kamailio-websocket-modules", "SIP over WebSocket in kamailio", kamailio("websocket.so")],
  ["kamailio-tls-modules", "secure WebSocket in kamailio", kamailio("tls.so")]
];

const forBench = [
  ["pkg-config", "finds sofia-sip", program("pkg-config"), "pkg-config"],
  [
    "libsofia-sip-ua-dev",
    "the parser that ours is compared with",
    () => existsSync("/usr/include/sofia-sip-1.12"),
    "sofia-sip"
  ]
];

/** Whether clang, of whatever version, has its run-time libraries. */
function fuzzerRuntime() {
  if (!have("clang++")) return false;
  return existsSync(join(run("clang++", ["-print-resource-dir"]).trim(), "lib/linux"));
}

function kamailio(module) {
  const dirs = [
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib",
    "/usr/lib64"
  ];
  return () =>
    module
      ? dirs.some((dir) => existsSync(join(dir, "kamailio/modules", module)))
      : have("kamailio") || existsSync("/usr/sbin/kamailio");
}

/** Sets the machine up for `mode`: "build", "test", "start", "bench" or "matrix". */
export async function setup(mode) {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    throw new Error(`Node 20 or later is needed; this is ${process.version}`);
  }
  const items = [...forBuild];
  if (["test", "bench", "matrix"].includes(mode)) items.push(...forTest);
  if (mode === "bench") items.push(...forBench);
  const debian = have("apt-get");
  if (debian) installPackages(abseilIsThere() ? items : [...items, ...abseilSource]);
  else namePackages(items);
  if (!abseilIsThere()) {
    if (debian) unpackAbseil();
    else nameAbseil();
  }
  installNodeModules(at("."), "compilers, tests, checks");
  if (mode === "matrix") installMatrixTools();
}

function installPackages(items) {
  const missing = items.filter(([, , present]) => !present());
  if (!missing.length) return;
  for (const [name, why] of missing) console.log(`setup: installing ${name} (${why})`);
  asRoot(
    aptScript,
    missing.map(([name]) => name)
  );
  const still = missing.filter(([, , present]) => !present()).map(([name]) => name);
  if (still.length) throw new Error(`installed, but not found afterwards: ${still.join(", ")}`);
}

/**
 * Installs its arguments. Package scripts would start a server they install (kamailio, on SIP's own
 * port); Debian's way to say no is policy-rc.d, which is taken away again, and the service stays
 * disabled after the next boot too.
 */
const aptScript = `
set -e
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  printf '#!/bin/sh\\nexit 101\\n' >$policy
  chmod 755 $policy
fi
apt-get -qq -o DPkg::Lock::Timeout=600 update
apt-get -qq -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "$@"
case " $* " in *" kamailio "*)
  if [ -d /run/systemd/system ]; then systemctl disable kamailio >/dev/null 2>&1 || true; fi
esac
`;

function asRoot(script, args) {
  const command = ["sh", "-c", script, "setup", ...args];
  const root = process.getuid() === 0;
  if (!root && !have("sudo")) {
    throw new Error(`become root and run: apt-get install ${args.join(" ")}`);
  }
  if (!root) command.unshift("sudo");
  mkdirSync(at("build/logs"), { recursive: true });
  const result = spawnSync(command[0], command.slice(1), {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["inherit", "pipe", "pipe"]
  });
  const said = `${result.stdout}${result.stderr}`;
  writeFileSync(at("build/logs/setup.log"), said);
  if (result.status === 0) return;
  const last = said.trim().split("\n").slice(-15).join("\n");
  throw new Error(`could not install ${args.join(" ")} (all of it: build/logs/setup.log)\n${last}`);
}

function namePackages(items) {
  const missing = items.filter(([, , present]) => !present());
  if (!missing.length) return;
  const lines = missing.map(([name, why, , elsewhere]) => `  ${elsewhere ?? name}: ${why}`);
  throw new Error(
    `this system has no apt-get. Please install, then run again:\n${lines.join("\n")}`
  );
}

/** Whether WebAssembly has an Abseil to build: the caller's choice, or unpacked here before. */
function abseilIsThere() {
  if (process.env.SIP_ABSEIL_SOURCE || process.env.SIP_ABSEIL_URL) return true;
  const dir = at("build/abseil");
  return (
    existsSync(dir) &&
    readdirSync(dir).some((name) => existsSync(join(dir, name, "absl/base/options.h")))
  );
}

/**
 * Unpacks Debian's source package of Abseil into build/abseil. Uses lists of its own, from the
 * system's entries with `deb` read as `deb-src`, so nothing outside the tree changes.
 */
function unpackAbseil() {
  console.log("setup: unpacking Abseil's sources (no package has them built for WebAssembly)");
  const apt = at("build/apt");
  rmSync(at("build/abseil"), { recursive: true, force: true });
  for (const dir of ["lists/partial", "cache/archives/partial", "sources.list.d"]) {
    mkdirSync(join(apt, dir), { recursive: true });
  }
  mkdirSync(at("build/abseil"), { recursive: true });
  for (const [name, text] of sourceEntries("/etc/apt")) {
    writeFileSync(join(apt, "sources.list.d", name), text);
  }
  const options = [
    "-qq",
    ...["-o", "Dir::Etc::sourcelist=/dev/null"],
    ...["-o", `Dir::Etc::sourceparts=${apt}/sources.list.d`],
    ...["-o", `Dir::State::lists=${apt}/lists`],
    ...["-o", `Dir::Cache=${apt}/cache`],
    ...["-o", "APT::Sandbox::User=root"]
  ];
  run("apt-get", [...options, "update"]);
  run("apt-get", [...options, "source", "abseil"], { cwd: at("build/abseil") });
  rmSync(apt, { recursive: true, force: true });
  if (!abseilIsThere()) throw new Error("apt-get source abseil left no sources in build/abseil");
}

function nameAbseil() {
  throw new Error(
    "Abseil's sources are needed for WebAssembly (LTS 2022-06-23 or later). Unpack a release into " +
      "build/abseil/, or set SIP_ABSEIL_SOURCE to its directory, or SIP_ABSEIL_URL to the address " +
      "of its archive"
  );
}

function installNodeModules(folder, what) {
  if (nodeModulesMatch(folder)) return;
  console.log(`setup: installing the npm packages of package-lock.json (${what})`);
  run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
}

/**
 * The tools of the matrix, some 500 MB, have a lock of their own and a folder that only
 * `npm run test:matrix` fills: `npm test` does without.
 */
function installMatrixTools() {
  const folder = at("build/matrix");
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) {
    copyFileSync(at("tests/matrix/tools", name), join(folder, name));
  }
  copyFileSync(at(".npmrc"), join(folder, ".npmrc"));
  installNodeModules(folder, "the tools of npm run test:matrix");
}

/** Whether node_modules holds what the lock says; packages for other systems may be missing. */
function nodeModulesMatch(folder) {
  const installed = join(folder, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, "utf8")).packages;
  const want = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(
    ([path, { version, optional }]) => !path || optional || have[path]?.version === version
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await setup(process.argv[2] ?? "build");
  } catch (error) {
    console.error(`setup: ${error.message}`);
    process.exit(1);
  }
}
