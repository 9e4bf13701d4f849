// What a tool gets that does not know ES modules: the CommonJS mirror alone.
const SIP = require("sipwasm");
const { Session } = require("sipwasm/lib/api/session.js");
const { URI } = require("sipwasm/lib/grammar");

(async () => {
  const { phone } = await import("./phone.js");
  const same = SIP.Session === Session && SIP.URI === URI;
  const files = Object.keys(require.cache).filter((path) => /node_modules.sipwasm/.test(path));
  const mirrored = files.length > 0 && files.every((path) => /sipwasm.dist.cjs/.test(path));
  console.log(JSON.stringify({ same, mirrored, told: await phone(SIP, process.argv[2]) }));
  process.exit();
})();
