// Builds dist/: the pane, the send handler and the demo. `SANDKOLL_ORIGIN=https://…` gives classic Outlook, whose runtime has no
// page and so no address of its own, the service's address.
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { webDarkTheme, webLightTheme } from "@fluentui/tokens";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const OFFICE_JS = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const ORIGIN = process.env["SANDKOLL_ORIGIN"] ?? "";

if (ORIGIN !== "" && !/^https:\/\/[^/]+$/.test(ORIGIN)) {
  throw new Error("SANDKOLL_ORIGIN must be https://host or https://host:port, without a path");
}

const page = { bundle: true, minify: true, format: "iife", target: "es2022", legalComments: "none", logLevel: "warning", absWorkingDir: ROOT };

async function bundles() {
  const one = (input, output, options = {}) => build({ ...page, entryPoints: [input], outfile: output, ...options });
  await Promise.all([
    one("src/taskpane/main.ts", "dist/assets/taskpane.js"),
    one("src/taskpane/styles/pane.css", "dist/assets/taskpane.css"),
    one("src/launchevent/main.ts", "dist/launchevent.js", {
      target: "es2016",
      define: { SANDKOLL_ORIGIN: JSON.stringify(ORIGIN) },
    }),
    one("src/demo/fake-office.ts", "dist/demo/fake-office.js"),
    one("src/demo/compose/main.ts", "dist/demo/compose.js"),
    one("src/demo/styles/compose.css", "dist/demo/compose.css"),
  ]);
}

async function pages() {
  const pane = await readFile(join(ROOT, "src/taskpane/taskpane.html"), "utf8");
  if (!pane.includes(OFFICE_JS)) {
    throw new Error("taskpane.html does not load office.js");
  }
  await mkdir(join(ROOT, "dist/demo"), { recursive: true });
  await Promise.all([
    writeFile(join(ROOT, "dist/taskpane.html"), pane),
    // The demo's pane is the real one; only office.js is another.
    writeFile(join(ROOT, "dist/demo/taskpane.html"), pane.replace(OFFICE_JS, "/demo/fake-office.js")),
    cp(join(ROOT, "src/assets"), join(ROOT, "dist/assets"), { recursive: true }),
    cp(join(ROOT, "src/launchevent/launchevent.html"), join(ROOT, "dist/launchevent.html")),
    cp(join(ROOT, "src/demo/index.html"), join(ROOT, "dist/demo/index.html")),
    cp(join(ROOT, "src/demo/runtime.html"), join(ROOT, "dist/demo/runtime.html")),
  ]);
}

/** The Fluent tokens that the built files use, for light and dark. A static file, so that a strict CSP needs no exception. */
async function theme() {
  const used = new Set();
  for (const folder of ["dist/assets", "dist/demo"]) {
    for (const name of await readdir(join(ROOT, folder))) {
      const text = await readFile(join(ROOT, folder, name), "utf8");
      for (const match of text.matchAll(/var\(--([A-Za-z][A-Za-z0-9]+)/g)) {
        used.add(match[1]);
      }
    }
  }
  const rules = (tokens, known) => [...used].filter((name) => name in tokens && tokens[name] !== known?.[name]).sort()
    .map((name) => `--${name}:${tokens[name]}`).join(";");
  const css = `:root{color-scheme:light dark;${rules(webLightTheme)}}\n`
    + `@media (prefers-color-scheme:dark){:root{${rules(webDarkTheme, webLightTheme)}}}\n`;
  await writeFile(join(ROOT, "dist/assets/theme.css"), css);
}

await rm(join(ROOT, "dist"), { recursive: true, force: true });
await bundles();
await pages();
await theme();
