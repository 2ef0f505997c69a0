import { describe, expect, it } from "vitest";
import { AVATAR_COLOURS, avatarColour, differenceFrom, domainOf, initials, localPart } from "../../../addin/src/assessment/identity.ts";

describe("initials", () => {
  it.each([
    ["Anna Berg", "", "AB"],
    ["Anna-Karin von Berg", "", "AB"],
    ["Cher", "", "C"],
    ["åsa öberg", "", "ÅÖ"],
    ["Berg, Anna (Granvik)", "", "BG"],
    ["", "anna.berg@example.se", "AB"],
    ["", "reception@example.se", "R"],
    ["123", "456@example.se", "?"],
    ["😀 Anna", "", "A"],
    ["𝒜nna Berg", "", "𝒜B"],
  ])("of %j at %j are %s", (name, address, expected) => {
    expect(initials(name, address)).toBe(expected);
  });
});

it("the colour is the same for the same address, and one of those there are", () => {
  const colours = ["a@example.se", "b@example.se", "åsa@example.se", ""].map(avatarColour);
  expect(colours).toEqual(["a@example.se", "b@example.se", "åsa@example.se", ""].map(avatarColour));
  expect(colours.every((one) => one >= 0 && one < AVATAR_COLOURS)).toBe(true);
});

it.each([
  ["a@b@example.se", "a@b", "example.se"],
  ["anna", "anna", ""],
])("%s is %j at %j", (address, local, domain) => {
  expect([localPart(address), domainOf(address)]).toEqual([local, domain]);
});

describe("differenceFrom", () => {
  it.each([
    ["granvlk.example", "granvik.example", ["granv", "l", "k.example"]],
    ["granvik.example", "granvlk.example", ["granv", "i", "k.example"]],
    ["motala.com", "motala.se", ["motala.", "com", ""]],
    ["granvikk.example", "granvik.example", ["granvik", "k", ".example"]],
    ["granik.example", "granvik.example", ["gran", "", "ik.example"]],
    ["example.se", "example.se", ["example.se", "", ""]],
    ["xn--grnvik-bua.example", "granvik.example", ["", "xn--grnvik-bua", ".example"]],
  ])("%s from %s", (text, other, [before, differs, after]) => {
    expect(differenceFrom(text, other)).toEqual({ before, differs, after });
  });
});
