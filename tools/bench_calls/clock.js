// The processor time of the process, for the WebAssembly form of main.cc: std::clock() would tell the
// time that passes.
mergeInto(LibraryManager.library, {
  ProcessorMicroseconds: function () {
    const usage = process.cpuUsage();
    return usage.user + usage.system;
  }
});
