import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { application } from "../support/package.js";
import { runTool } from "../support/tools.js";

let folder: string;

beforeAll(() => {
  folder = application("shaking");
});

/** Each bundles one of the application's files, minified where the tool can. */
const bundlers: Record<string, (entry: string, outfile: string) => void> = {
  esbuild: (entry, outfile) =>
    void buildSync({
      entryPoints: [join(folder, entry)],
      outfile: join(folder, outfile),
      bundle: true,
      minify: true,
      format: "esm",
      logLevel: "error"
    }),
  Rollup: (entry, outfile) =>
    void runTool("rollup", [entry, "--plugin", "node-resolve", "--file", outfile], folder),
  webpack: (entry, outfile) =>
    void runTool(
      "webpack",
      [
        "--mode",
        "production",
        "--entry",
        `./${entry}`,
        "--output-path",
        join(folder, "out")
      ].concat("--output-filename", outfile.replace("out/", "")),
      folder
    )
};

describe.each(Object.keys(bundlers))("%s", (name) => {
  function bundled(entry: string): string {
    const outfile = `out/${name}-${entry}`;
    bundlers[name]!(entry, outfile);
    return readFileSync(join(folder, outfile), "utf8");
  }

  it("keeps of an import of one class that class", () => {
    const text = bundled("one.js");
    expect(text).toMatch(/class/);
    expect(text).not.toMatch(/UserAgent|WebSocket|RTCPeerConnection|WebAssembly/);
    expect(text.length).toBeLessThan(bundled("all.js").length / 20);
  });

  it("keeps nothing of an import of nothing", () => {
    expect(bundled("none.js").trim()).toBe("");
  });

  it("keeps worker.js, which is there for its effect", () => {
    expect(bundled("effect.js")).toContain("addEventListener");
  });
});
