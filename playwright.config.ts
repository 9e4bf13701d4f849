import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// The system's Chromium: the browser that Playwright would download is not used.
const chromium = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => path !== undefined && path !== "" && existsSync(path)
);

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "build/e2e-results",
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env["CI"] !== undefined,
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    trace: "off",
    video: "off",
    screenshot: "off",
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A beep and a moving picture. Who may use them is said per context, so no fake permission dialog.
        "--use-fake-device-for-media-stream",
        // Candidates on 127.0.0.1 too: a machine may have no other interface.
        "--allow-loopback-in-peer-connection"
      ]
    }
  }
});
