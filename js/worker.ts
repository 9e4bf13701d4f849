// worker.js of the package: the whole script of a Worker that wakes the page beside it, as `wakeBy`
// wants it. The build makes a file of it that any kind of Worker can be started from.
let handle: ReturnType<typeof setTimeout>;

/** Is sent a deadline, and in how many milliseconds it is; says the deadline back by then. */
addEventListener("message", ({ data: [deadline, delay] }: MessageEvent<[number, number]>) => {
  clearTimeout(handle);
  handle = setTimeout(() => postMessage(deadline), delay);
});
