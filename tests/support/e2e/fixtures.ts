import { writeFileSync } from "node:fs";
import { expect, test as base, type Page } from "@playwright/test";
import { Kamailio, type KamailioOptions } from "./kamailio.js";
import { phoneOf, tap, type Phone } from "./phone.js";
import { Site, type PageName } from "./site.js";
import type { PhoneSettings } from "../../e2e/page/settings.js";

/** How a test wants a phone. */
export interface PhoneWishes extends Partial<PhoneSettings> {
  /** How far it is brought. Default: "registered". */
  until?: "opened" | "started" | "registered";
  /** Whether the page may use microphone and camera. Default: true. */
  microphone?: boolean;
}

interface Fixtures {
  /** The kind of server the test needs. */
  serverOptions: KamailioOptions;
  /** A server of the test's own. */
  server: Kamailio;
  /** Opens a page of its own context at an address of the site. */
  open: (page: PageName, user: string, wishes?: PhoneWishes) => Promise<OpenPage>;
  /** Opens a page with a phone for a user. */
  phone: (user: string, wishes?: PhoneWishes) => Promise<Phone>;
}

/** A page with what went over its WebSockets and what it threw outside of any call. */
export interface OpenPage {
  page: Page;
  wire: string[];
  errors: Error[];
}

interface WorkerFixtures {
  site: Site;
}

/** The password of a user of the server. */
export function passwordOf(user: string): string {
  return `${user}-secret`;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  site: [
    async ({}, use) => {
      const site = await Site.open();
      await use(site);
      await site.close();
    },
    { scope: "worker" }
  ],

  serverOptions: [{}, { option: true }],

  server: async ({ serverOptions }, use, testInfo) => {
    const server = new Kamailio(serverOptions);
    await server.start();
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) {
      writeFileSync(testInfo.outputPath("server.log"), server.log);
    }
    await server.stop();
  },

  open: async ({ browser, site }, use, testInfo) => {
    const opened: (OpenPage & { path: string; user: string })[] = [];
    await use(async (path, user, wishes = {}) => {
      const context = await browser.newContext();
      await context.grantPermissions(wishes.microphone === false ? [] : ["microphone", "camera"]);
      const page = await context.newPage();
      const errors: Error[] = [];
      page.on("pageerror", (error) => errors.push(error));
      const made = { page, wire: tap(page), errors, path, user };
      opened.push(made);
      if (path === "phone") await page.goto(site.url(path));
      return made;
    });
    const uncaught = opened.filter(({ path }) => path === "phone").flatMap(({ errors }) => errors);
    const failed = testInfo.status !== testInfo.expectedStatus || uncaught.length > 0;
    for (const { page, user, wire, errors } of opened) {
      if (failed) {
        const report = await page.evaluate(() => window.phone?.report()).catch(String);
        const text = [...errors.map(String), report, "--- wire", ...wire].join("\n");
        writeFileSync(testInfo.outputPath(`${user}.log`), text);
        const firstLines = wire.map((frame) => `  ${frame.split("\r\n", 1)[0]}`);
        console.log(
          [`${testInfo.title}: ${user}`, ...errors.map(String), ...firstLines].join("\n")
        );
      }
      await page.context().close();
    }
    expect(uncaught, "errors that no call of the phone reported").toEqual([]);
  },

  phone: async ({ open, server }, use) => {
    await use(async (user, wishes = {}) => {
      const { page, wire } = await open("phone", user, wishes);
      const { address, domain } = server;
      const defaults = { user, password: passwordOf(user), domain, server: address };
      await page.evaluate((settings) => window.openPhone(settings), { ...defaults, ...wishes });
      const phone = phoneOf(page, user, wire);
      if (wishes.until === "opened") return phone;
      expectNothing(await phone.start());
      if (wishes.until !== "started") expectAccepted(await phone.register());
      return phone;
    });
  }
});

function expectNothing(failure: { message: string } | undefined): void {
  if (failure !== undefined) throw new Error(`the phone does not start: ${failure.message}`);
}

function expectAccepted(answer: { status: number; reason: string }): void {
  if (answer.status !== 200) throw new Error(`not registered: ${answer.status} ${answer.reason}`);
}

export { expect };
