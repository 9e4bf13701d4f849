exports.required = require("sipwasm");
