import { describe, expect, it } from "vitest";
import { layering, withoutCommentsAndStrings } from "../../../tools/lib/layering.mjs";

const wrong = (path, text) => layering(new Map([[path, text]]));

describe("layering of src/", () => {
  it.each([
    ["src/stack/stack.cc", '#include "grammar/uri.h"'],
    ["src/grammar/uri.h", '#include "grammar/scanner.h"'],
    ["src/dialogs/dialog.cc", '#include "transactions/timers.h"\n#include <string>'],
    ["src/base/context.h", '#include "absl/time/time.h"'],
    ["src/base/sha256.cc", "// try { throw it; } printf(absl::Now())"],
    ["src/base/sha256.cc", 'const char kText[] = "throw \\" printf(1)";'],
    ["src/base/clock.h", "absl::Time time() const { return time_; }"],
    ["src/base/clock.h", "entry(absl::Time retry, int operand);"]
  ])("allows in %s: %s", (path, text) => expect(wrong(path, text)).toEqual([]));

  it.each([
    ["src/grammar/uri.h", '#include "messages/message.h"', "grammar/ may not include messages/"],
    ["src/base/x.h", "#include <iostream>", "<iostream> has no place"],
    ["src/base/x.h", '#include "../grammar/uri.h"', "from src/ on"],
    ["src/helpers/x.h", "#include <string>", "src/helpers is not one of the folders"],
    ["src/stack/stack.cc", "#include <emscripten/bind.h>", "for wasm/ alone"],
    ["tests/unit/x_test.cc", "#include <emscripten/bind.h>", "for wasm/ alone"],
    ["src/stack/wire.cc", "#include <nlohmann/json.hpp>", "for tests/ and tools/"],
    ["src/stack/stack.cc", "now = absl::Now();", "a clock"],
    ["src/stack/stack.cc", "x = time(nullptr);", "a clock"],
    ["src/stack/stack.cc", "std::random_device d;", "global randomness"],
    ["src/stack/stack.cc", "int x = rand();", "global randomness"],
    ["src/stack/stack.cc", 'snprintf(b, 1, "x");', "printing"],
    ["src/stack/stack.cc", "\n\nthrow 1;", "stack.cc:3: src/ has no place for exceptions"]
  ])("refuses in %s: %s", (path, text, what) => {
    expect(wrong(path, text)).toEqual([expect.stringContaining(what)]);
  });
});

describe("layering of js/", () => {
  it.each([
    ["js/engine/module.ts", 'import createModule from "./generated/sip-wasm.js";'],
    ["js/core/user-agent-core.ts", 'import { Engine } from "../engine/engine.js";'],
    ["js/api/session.ts", 'import type { Core } from "../core/index.js";'],
    ["js/api/user-agent.ts", 'import { Transport } from "../platform/web/transport/transport.js";'],
    [
      "js/platform/web/transport/transport.ts",
      'import { Emitter } from "../../../api/emitter.js";'
    ],
    ["js/index.ts", 'export * from "./platform/web/index.js";']
  ])("allows in %s: %s", (path, text) => expect(wrong(path, text)).toEqual([]));

  it.each([
    ["js/engine/engine.ts", 'import x from "./generated/sip-wasm.js";', "may not import generated"],
    ["js/engine/engine.ts", 'import { C } from "../core/index.js";', "engine may not import core"],
    ["js/core/x.ts", 'import { S } from "../api/session.js";', "core may not import api"],
    ["js/core/x.ts", 'export * from "../platform/web/index.js";', "core may not import platform"],
    [
      "js/api/session.ts",
      'import { T } from "../platform/web/index.js";',
      "api may not import platform"
    ],
    ["js/api/session.ts", 'import * as SIP from "../index.js";', "only users of the package"],
    ["demo/main.ts", 'import { E } from "../js/engine/engine.js";', "public package only"]
  ])("refuses in %s: %s", (path, text, what) => {
    expect(wrong(path, text)).toEqual([expect.stringContaining(what)]);
  });
});

it("keeps the lines when it takes comments and strings out", () => {
  expect(withoutCommentsAndStrings('a /* 1\n2 */ b "c" // d\ne R"x(f\n)x"')).toBe(
    'a \n b "" \ne ""\n'
  );
});
