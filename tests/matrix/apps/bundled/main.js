import * as SIP from "sipwasm";
import { Session } from "sipwasm/lib/api/session.js";
import { URI } from "sipwasm/lib/grammar";
import { tell } from "./phone.js";

const { searchParams } = new URL(location.href);

/** What the page is to show, by its query. */
const kinds = {
  page() {
    if (SIP.Session === Session && SIP.URI === URI) tell(SIP);
    else window.outcome = "the package was bundled twice";
  },
  worker() {
    ask(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }), [
      searchParams.get("server")
    ]);
  },
  waker() {
    ask(new Worker(new URL("sipwasm/worker.js", import.meta.url)), ["a deadline", 0]);
  }
};

function ask(worker, question) {
  worker.onmessage = ({ data }) => (window.outcome = data);
  worker.onerror = ({ message }) => (window.outcome = `worker: ${message}`);
  worker.postMessage(question);
}

kinds[searchParams.get("kind") ?? "page"]();
