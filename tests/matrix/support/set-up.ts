import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { pack } from "./package.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The packed package. */
    tarball: string;
    /** A folder outside of the tree, which is gone afterwards. */
    folder: string;
  }
}

/** Packs the package once, for all tests. */
export default function setUp(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "sipwasm-matrix-"));
  project.provide("folder", folder);
  project.provide("tarball", pack(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
