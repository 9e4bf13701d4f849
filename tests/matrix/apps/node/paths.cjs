// Loads each path that it is given, by `import` or by `require`, and tells what the modules have.
const { createRequire } = require("node:module");
const load = { import: (path) => import(path), require: createRequire(__filename) };

(async () => {
  const [, , way, ...paths] = process.argv;
  const exported = {};
  for (const path of paths) {
    const names = Object.keys(await load[way](path));
    exported[path] = names.filter((name) => !/^(default|module\.exports|__esModule)$/.test(name));
  }
  console.log(JSON.stringify(exported, (_, value) => (value.sort ? value.sort() : value)));
})();
