import { UserAgent } from "sipwasm";
import { URI } from "sipwasm/lib/grammar";
import { Phone } from "./phone-panel";

export const dynamic = "force-dynamic";

/** Rendered on the server, the core at work there too. */
export default function Page() {
  const uri = UserAgent.makeURI("sip:bob@PHONE.test;transport=ws");
  return (
    <main>
      <p id="server">{uri instanceof URI && uri.toString()}</p>
      <Phone />
    </main>
  );
}
