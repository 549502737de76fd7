import { describe, expect, it } from "vitest";
import { familyNames } from "../../../src/lint/families.ts";
import { misspeltFamily } from "../../../src/lint/misspelt-family.ts";

describe("a misspelt family", () => {
  it.each([
    ["moblienet_v2", "mobilenet_v2"],
    ["MobileNetV3", "mobilenet_v3"],
    ["efficientnet-lite", "efficientnet_lite"],
    ["renset", "resnet"],
    ["resnnet", "resnet"],
    ["densnet", "densenet"],
    ["squeezanet", "squeezenet"],
  ])("%s is %s", (name, family) => {
    expect(misspeltFamily(name, familyNames)).toBe(family);
  });

  it.each(
    "xception res2net resnext resnest nasnet pnasnet mobilenet_v5 mobilenet repnet fasternet squeezenext hrnet vit dpn wresnet regnety tresnet inception_v3".split(
      " ",
    ),
  )("%s is another family", (name) => {
    expect(misspeltFamily(name, familyNames)).toBe(null);
  });
});
