// Node has a WebSocket of its own from version 22 on.
globalThis.WebSocket ??= require("ws");
