const SIP = require("sipwasm");
const { Session } = require("sipwasm/lib/api/session.js");
const { URI } = require("sipwasm/lib/grammar");

(async () => {
  const { phone } = await import("./phone.js");
  const imported = await import("sipwasm");
  const same = SIP.Session === Session && SIP.URI === URI && imported.Session === Session;
  console.log(JSON.stringify({ same, told: await phone(SIP, process.argv[2]) }));
  process.exit();
})();
