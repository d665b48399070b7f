// node validate.mjs <asyncapi.yaml>…: prints every error and warning; exit code 1 when a document is not valid.
import { fromFile, Parser } from "@asyncapi/parser";

const ERROR = 0, WARNING = 1;
const parser = new Parser();
let wrong = 0;

for (const path of process.argv.slice(2)) {
  const { document, diagnostics } = await fromFile(parser, path).parse();
  const found = diagnostics.filter(one => one.severity === ERROR || one.severity === WARNING);
  for (const one of found) console.log(`${path}: ${one.path.join(".")}: ${one.message}`);
  if (document === undefined || found.length > 0) wrong += 1;
  else console.log(`${path}: ${document.operations().length} operations, ${document.messages().length} messages`);
}
process.exit(wrong === 0 ? 0 : 1);
