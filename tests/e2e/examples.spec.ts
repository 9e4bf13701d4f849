import { expect, test as base, type Page } from "@playwright/test";
import { startServer } from "../../tools/server/server.js";
import { ExampleSite, type ExampleName } from "../support/e2e/examples.js";

interface Fixtures {
  name: ExampleName;
  site: ExampleSite;
  /** Opens the page of a user, and waits until it is registered. */
  phone: (user: string, password: string) => Promise<Page>;
}

const test = base.extend<Fixtures>({
  name: ["vanilla", { option: true }],

  site: async ({ name }, use) => {
    const site = await ExampleSite.open(name);
    await use(site);
    await site.close();
  },

  phone: async ({ browser, site }, use) => {
    const server = await startServer();
    const address = `ws://127.0.0.1:${server.port}/sip`;
    const pages: Page[] = [];
    const failures: string[] = [];
    await use(async (user, password) => {
      const context = await browser.newContext({ permissions: ["microphone"] });
      const page = await context.newPage();
      pages.push(page);
      page.on("pageerror", (error) => failures.push(`${user}: ${error.stack}`));
      await page.goto(site.url({ server: address, domain: "phone.test", user, password }));
      await expect(page.getByRole("status")).toHaveText("Registered");
      return page;
    });
    for (const page of pages) await page.context().close();
    await server.close();
    expect(failures, "uncaught errors in the page").toEqual([]);
  }
});

const call = (page: Page) => page.getByRole("listitem");
const press = (page: Page, name: string) => page.getByRole("button", { name }).click();

/** Calls until the other side rings; both show whom they have and how far it is. */
async function ring(from: Page, to: Page, name: string): Promise<void> {
  await from.getByLabel("Whom to call").fill(name);
  await press(from, "Call");
  await expect(call(from)).toContainText(`${name}@phone.test`);
  await expect(call(to)).toContainText("Initial");
}

/** True once what the other side says is heard. */
const hears = (page: Page) =>
  page.locator("audio").evaluate(async ({ srcObject }: HTMLAudioElement) => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(srcObject as MediaStream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    for (let left = 100; left > 0; left--) {
      analyser.getFloatTimeDomainData(samples);
      if (samples.some((sample) => Math.abs(sample) > 0.01)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await context.close();
    return samples.some((sample) => Math.abs(sample) > 0.01);
  });

for (const name of ["vanilla", "react", "vue"] as const) {
  test.describe(`the example ${name}`, () => {
    test.use({ name });

    test("calls, talks and is hung up on", async ({ phone }) => {
      const alice = await phone("alice", "wonderland");
      const bob = await phone("bob", "builder");
      await ring(alice, bob, "bob");
      await press(bob, "Answer");
      for (const page of [alice, bob]) {
        await expect(call(page)).toContainText("Established");
        expect(await hears(page)).toBe(true);
      }
      await press(bob, "Hang up");
      for (const page of [alice, bob]) await expect(call(page)).toHaveCount(0);
    });

    test("takes a call back, and declines one", async ({ phone }) => {
      const alice = await phone("alice", "wonderland");
      const bob = await phone("bob", "builder");
      for (const page of [alice, bob]) {
        await ring(alice, bob, "bob");
        await press(page, "Hang up");
        for (const page of [alice, bob]) await expect(call(page)).toHaveCount(0);
      }
    });
  });
}
