import { parse, type Node } from "acorn";
import { beforeAll, expect, it } from "vitest";
import { bundleLaunchEvent } from "./bundle.ts";

let code = "";
let names = new Set<string>();
beforeAll(async () => {
  code = await bundleLaunchEvent();
  names = identifiers(parse(code, { ecmaVersion: 7, sourceType: "script" }));
});

/** Every identifier that is not the name of a property. */
function identifiers(root: Node): Set<string> {
  const found = new Set<string>();
  const visit = (node: Node, isName: boolean): void => {
    const fields = node as Node & Record<string, unknown>;
    if (node.type === "Identifier" && !isName) {
      found.add(String(fields["name"]));
    }
    for (const [key, value] of Object.entries(fields)) {
      const named = (key === "property" || key === "key") && fields["computed"] !== true;
      for (const child of [value].flat()) {
        if (typeof child === "object" && child !== null && "type" in child) {
          visit(child as Node, named);
        }
      }
    }
  };
  visit(root, false);
  return found;
}

it("is one ES2016 script: no modules, no newer syntax", () => {
  expect(names.size).toBeGreaterThan(20);
  expect(names).toContain("Office");
});

it.each(["document", "window", "self", "globalThis", "localStorage", "sessionStorage", "XMLHttpRequest", "navigator", "location", "URL", "AbortController"])(
  "does not use %s",
  (name) => {
    expect(names).not.toContain(name);
  },
);

it("does not wait for Office.onReady, which never comes in classic Outlook", () => {
  expect(code).not.toContain("onReady");
});

it("is small", () => {
  expect(code.length).toBeLessThan(40_000);
});
