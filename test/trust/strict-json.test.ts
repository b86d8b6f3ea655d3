import { describe, expect, it } from "vitest";
import { parseStrictJson } from "../../src/trust/strict-json.ts";

const parse = (text: string) => parseStrictJson(Buffer.from(text));

describe("strict JSON (protocol §1)", () => {
  it.each([
    ['{"a":1,"b":{"c":["d",0,9007199254740991]}}', { a: 1, b: { c: ["d", 0, 9007199254740991] } }],
    ['{"a\\":{":"x:y{[\\\\"}', { 'a":{': "x:y{[\\" }],
    ['{"__proto__":1}', JSON.parse('{"__proto__":1}')],
    ['{"true":true,"e":null}', { true: true, e: null }],
    [' { "a" : [ 1 , { "b" : "\\u0061" } ] }\n', { a: [1, { b: "a" }] }],
    ['{"2":0,"1":{"0":1}}', { 1: { 0: 1 }, 2: 0 }],
  ])("takes %s", (text, value) => expect(parse(text)).toEqual(value));

  it.each([
    ["a member twice", '{"a":1,"a":1}'],
    ["a member twice, once escaped", '{"a":1,"\\u0061":2}'],
    ["a member twice, nested", '{"a":{"b":1,"b":2}}'],
    ["__proto__ twice", '{"__proto__":{},"__proto__":{}}'],
    ["five levels", '{"a":{"b":{"c":{"d":{}}}}}'],
    ["five levels of lists", "[[[[[]]]]]"],
    ["a fraction", '{"a":1.0}'],
    ["an exponent", '{"a":1e3}'],
    ["a capital exponent", '{"a":1E3}'],
    ["a negative number", '{"a":-1}'],
    ["a negative zero", '{"a":-0}'],
    ["a member twice, between spaces", '{ "a": 1, "b": { "c": 2, "c": 2 } }'],
    ["five levels between spaces", '{ "a": { "b": { "c": { "d": [] } } } }'],
    ["a leading zero", '{"a":01}'],
    ["an integer of 2^53", '{"a":9007199254740992}'],
    ["a byte order mark", "\ufeff{}"],
    ["a trailing comma", '{"a":1,}'],
    ["two documents", "{}{}"],
    ["nothing", ""],
    ["an open string", '{"a":"'],
  ])("refuses %s", (_, text) => expect(parse(text)).toBeUndefined());

  it("refuses what is not UTF-8", () => expect(parseStrictJson(Buffer.from([0x22, 0xff, 0x22]))).toBeUndefined());

  it("survives a megabyte of brackets", () => expect(parse("[".repeat(1 << 20))).toBeUndefined());
});
