// Bundles scripts, styles, fonts and images into hashed files and writes manifest.json (source name → file name).
import { readFile, writeFile, rm } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { withoutUnused } from "./subset.mjs";

const here = import.meta.dirname;
const out = path.resolve(here, "../static");

const govukSubset = {
  name: "govuk-subset",
  setup(build) {
    build.onLoad({ filter: /govuk-frontend\.min\.css$/ }, async ({ path: file }) => ({
      contents: withoutUnused(await readFile(file, "utf8")),
      loader: "css",
    }));
  },
};

await rm(out, { recursive: true, force: true });
const { metafile } = await esbuild.build({
  absWorkingDir: here,
  entryPoints: ["src/portal.js", "src/portal.css", "src/images/mark.svg", "src/images/sea.svg"],
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  supported: { nesting: true },
  legalComments: "linked",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "copy" },
  plugins: [govukSubset],
  metafile: true,
});

const manifest = Object.fromEntries(
  Object.entries(metafile.outputs)
    .filter(([, output]) => output.entryPoint)
    .map(([file, output]) => [path.basename(output.entryPoint), path.basename(file)])
);
await writeFile(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
