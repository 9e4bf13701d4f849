// A program that registers and answers each message with its text, turned round:
// `node bot.js ws://127.0.0.1:8080/sip phone.test carol christmas`. Ctrl+C signs it off.
import { Messager, Registerer, UserAgent } from "sipwasm";

// Node has a WebSocket of its own from version 22 on.
globalThis.WebSocket ??= (await import("ws")).WebSocket;

const [server, domain, user, password] = process.argv.slice(2);

const userAgent = new UserAgent({
  uri: UserAgent.makeURI(`sip:${user}@${domain}`),
  transportOptions: { server },
  authorizationUsername: user,
  authorizationPassword: password,
  logLevel: "warn",
  delegate: {
    onMessage: (message) => answer(message).catch(console.error),
    // There is no WebRTC here: whoever calls is told.
    onInvite: (invitation) => invitation.reject({ statusCode: 488 }),
    onConnect: () => registerer.register().catch(console.error),
    onDisconnect: (error) => error && setTimeout(() => reconnect(), 2000)
  }
});
const registerer = new Registerer(userAgent);
registerer.stateChange.addListener((state) => console.log(state));

async function answer(message) {
  await message.accept();
  const { body, from } = message.request;
  console.log(`${from.friendlyName}: ${body}`);
  await new Messager(userAgent, from.uri, [...body].reverse().join("")).message();
}

function reconnect() {
  userAgent.reconnect().catch(() => setTimeout(reconnect, 2000));
}

process.once("SIGINT", async () => {
  await registerer.unregister();
  registerer.stateChange.addListener(() => userAgent.stop().then(() => process.exit()));
});

await userAgent.start();
