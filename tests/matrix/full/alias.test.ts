import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, it } from "vitest";
import { application, environment, pack, root, run } from "../support/package.js";

/** A registry that has the packed package and nothing else. */
async function withRegistry(body: (address: string) => Promise<unknown>): Promise<void> {
  const tarball = readFileSync(inject("tarball"));
  const described = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const server = createServer((request, response) => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (request.url === "/sipwasm.tgz") return response.end(tarball);
    if (request.url !== "/sipwasm") return response.writeHead(404).end("{}");
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    const dist = { tarball: `${address}/sipwasm.tgz`, integrity };
    const versions = { [described.version]: { ...described, dist } };
    const latest = { latest: described.version };
    return response.end(JSON.stringify({ name: "sipwasm", "dist-tags": latest, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it("stands in for sip.js by an alias, also for packages whose peer is sip.js@^0.21.0", async () => {
  const folder = application("alias");
  run("npm", ["uninstall", "--offline", "--silent", "sipwasm"], folder);
  const peer = pack(folder, join(root, "tests/matrix/apps/peer"));
  await withRegistry((registry) =>
    promisify(execFile)(
      "npm",
      [
        "install",
        "--registry",
        registry,
        "--cache",
        join(folder, "cache"),
        "--strict-peer-deps"
      ].concat("sip.js@npm:sipwasm", peer),
      { cwd: folder, env: environment() }
    )
  );
  const said = JSON.parse(run(process.execPath, ["main.mjs"], folder)) as unknown;
  expect(said).toEqual(["sipwasm", true, true, "sip:alice@example.com"]);
});
