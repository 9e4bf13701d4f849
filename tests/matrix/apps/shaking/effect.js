import "sipwasm/worker.js";
