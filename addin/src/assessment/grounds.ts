/** Which legal grounds the sender must state. */

import type { GroundKind, Grounds, Obligation } from "../contract/assessment.ts";

/** The kinds of ground that an obligation asks for; empty for obligations about something else. */
export function groundsFor(obligation: Obligation, categories: readonly string[]): GroundKind[] {
  if (obligation.ground) {
    return [obligation.ground];
  }
  if (obligation.code === "state_photo_basis") {
    return ["photo"];
  }
  return obligation.code === "state_ground" ? groundsByCategory(categories) : [];
}

/** For a server that does not name the ground. */
function groundsByCategory(categories: readonly string[]): GroundKind[] {
  const kinds: GroundKind[] = [];
  if (categories.includes("personnummer")) {
    kinds.push("personnummer");
  }
  if (categories.some((category) => category !== "personnummer" && category !== "photo")) {
    kinds.push("sensitive");
  }
  return kinds;
}

export function isStated(obligation: Obligation, categories: readonly string[], grounds: Grounds): boolean {
  const kinds = groundsFor(obligation, categories);
  return kinds.length > 0 && kinds.every((kind) => grounds[kind] !== undefined);
}
