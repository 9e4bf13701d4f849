import { existsSync, mkdirSync, readdirSync, readFileSync, cpSync, utimesSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { exportsOf } from "../../../tools/lib/package.mjs";
import { application, pack, root, run } from "../support/package.js";

const described = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

it("names in its exports what lib/ has", () => {
  expect(described.exports, "npm run build writes them").toEqual(exportsOf(join(root, "lib")));
});

it("depends on nothing", () => {
  expect(Object.keys(described)).not.toContain("dependencies");
  expect(Object.keys(described)).not.toContain("peerDependencies");
});

it("has at every path of SIP.js the same file, with its ending and without, and no engine", () => {
  const { resolve } = createRequire(join(application("none", "paths"), "main.cjs"));
  const files = readdirSync(join(root, "node_modules/sip.js/lib"), { recursive: true })
    .filter((file) => file.endsWith(".js") && existsSync(join(root, "lib", file)))
    .map((file) => file.replaceAll("\\", "/"));
  expect(files.length).toBeGreaterThan(90);
  for (const file of files) {
    const path = resolve(`sipwasm/lib/${file}`);
    expect(path).toMatch(file);
    expect(resolve(`sipwasm/lib/${file.replace(/\.js$/, "")}`)).toBe(path);
    if (file.endsWith("/index.js")) {
      expect(resolve(`sipwasm/lib/${file.replace("/index.js", "")}`)).toBe(path);
    }
  }
  expect(() => resolve("sipwasm/lib/engine/engine.js")).toThrow(/not exported|not defined/);
});

it("has by its name what applications replace in a subclass though SIP.js calls it private", async () => {
  const { Transport } = await import(join(root, "lib/platform/web/transport/transport.js"));
  for (const event of ["Open", "Message", "Error", "Close"]) {
    expect(Transport.prototype).toHaveProperty(`onWebSocket${event}`);
  }
});

it("packs to the same octets in any folder at any time", () => {
  const copies = ["one", "another/deeper"].map((name) => join(inject("folder"), "copies", name));
  const tarballs = copies.map((copy, index) => {
    for (const path of ["package.json", "README.md", "LICENSE", ...described.files]) {
      cpSync(join(root, path), join(copy, path), { recursive: true });
    }
    const time = new Date(Date.UTC(2001 + index, 1, 3));
    utimesSync(join(copy, "package.json"), time, time);
    mkdirSync(join(copy, "out"));
    return readFileSync(pack(join(copy, "out"), copy));
  });
  expect(tarballs[1].equals(tarballs[0])).toBe(true);
  expect(readFileSync(inject("tarball")).equals(tarballs[0])).toBe(true);
});

it("ships the licences of all that it contains, and what an application needs to know", () => {
  const packed = run("tar", ["-tzf", inject("tarball")], root).split("\n");
  for (const file of ["LICENSE", "README.md", "wasm/THIRD-PARTY.md"]) {
    expect(packed).toContain(`package/${file}`);
  }
  for (const file of ["CHANGELOG.md", "CONTRIBUTING.md", "MIGRATING.md", "docs/README.md"]) {
    expect(packed).toContain(`package/js/${file}`);
  }
});
