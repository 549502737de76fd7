/** What the rules know of a family of networks. A spec names its family by `family=`. */
export interface Family {
  /** Its blocks keep the expansion at t = 1. */
  readonly keepsExpansion?: true;
  /** An activation follows each depthwise conv, also without an expansion before it. */
  readonly activatesDepthwise?: true;
  /** Scaled channels are rounded down, not to a multiple. */
  readonly roundsDown?: true;
  /** The last conv keeps its filters at widths below 1. */
  readonly keepsHead?: true;
  /** Image sizes that its networks were published with, in pixels. */
  readonly sizes?: readonly number[];
  /** The stages of its networks: channels at width 1, and the total stride after them. Neighbouring rows of equal channels are one stage. */
  readonly stages?: readonly Stages[];
}

/** One network's stages in order. */
export type Stages = readonly (readonly [channels: number, stride: number])[];

const families: Readonly<Record<string, Family>> = {
  // Howard et al. 2017, Table 1 and Figure 3: ReLU after the depthwise conv and after the pointwise one. Keras rounds down.
  mobilenet_v1: {
    activatesDepthwise: true,
    roundsDown: true,
    sizes: [128, 160, 192, 224],
    stages: [
      [
        [64, 2],
        [128, 4],
        [256, 8],
        [512, 16],
        [1024, 32],
      ],
    ],
  },
  // Sandler et al. 2018, Table 2, with the strides of slim.
  mobilenet_v2: {
    keepsHead: true,
    sizes: [96, 128, 160, 192, 224],
    stages: [
      [
        [16, 2],
        [24, 4],
        [32, 8],
        [64, 16],
        [96, 16],
        [160, 32],
        [320, 32],
      ],
    ],
  },
  // Howard et al. 2019, Tables 1 and 2.
  mobilenet_v3: {
    sizes: [224],
    stages: [
      [
        [16, 2],
        [24, 4],
        [40, 8],
        [80, 16],
        [112, 16],
        [160, 32],
      ],
      [
        [16, 4],
        [24, 8],
        [40, 16],
        [48, 16],
        [96, 32],
      ],
    ],
  },
  mobilenet_v4: { sizes: [224, 256, 384, 448] },
  // Tan and Le 2019, Table 1, with the strides of the authors' code.
  efficientnet: {
    sizes: [224, 240, 260, 300, 380, 456, 528, 600],
    stages: [
      [
        [16, 2],
        [24, 4],
        [40, 8],
        [80, 16],
        [112, 16],
        [192, 32],
        [320, 32],
      ],
    ],
  },
  efficientnet_lite: {
    keepsHead: true,
    sizes: [224, 240, 260, 280, 300],
    stages: [
      [
        [16, 2],
        [24, 4],
        [40, 8],
        [80, 16],
        [112, 16],
        [192, 32],
        [320, 32],
      ],
    ],
  },
  // Tan and Le 2021, Table 4 and the authors' code.
  efficientnet_v2: {
    sizes: [224, 240, 260, 300, 384, 480],
    stages: [
      [
        [16, 2],
        [32, 4],
        [48, 8],
        [96, 16],
        [112, 16],
        [192, 32],
      ],
      [
        [24, 2],
        [48, 4],
        [64, 8],
        [128, 16],
        [160, 16],
        [256, 32],
      ],
    ],
  },
  // Tan et al. 2019, Table 1 and Figure 7.
  mnasnet: {
    keepsHead: true,
    sizes: [224],
    stages: [
      [
        [16, 2],
        [24, 4],
        [40, 8],
        [80, 16],
        [96, 16],
        [192, 32],
        [320, 32],
      ],
      [
        [16, 2],
        [24, 4],
        [40, 8],
        [80, 16],
        [112, 16],
        [160, 32],
        [320, 32],
      ],
    ],
  },
  // Wu et al. 2019, Figures 3 and 4.
  fbnet: {
    keepsExpansion: true,
    keepsHead: true,
    sizes: [224],
    stages: [
      [
        [16, 2],
        [24, 4],
        [32, 8],
        [64, 16],
        [112, 16],
        [184, 32],
        [352, 32],
      ],
    ],
  },
  // Han et al. 2020, Table 1.
  ghostnet: {
    sizes: [224],
    stages: [
      [
        [16, 2],
        [24, 4],
        [40, 8],
        [80, 16],
        [112, 16],
        [160, 32],
      ],
    ],
  },
  // He et al. 2016, Table 1.
  resnet: {
    sizes: [224],
    stages: [
      [
        [64, 4],
        [128, 8],
        [256, 16],
        [512, 32],
      ],
      [
        [256, 4],
        [512, 8],
        [1024, 16],
        [2048, 32],
      ],
    ],
  },
  inception: { sizes: [224, 299] },
  shufflenet_v2: { sizes: [224] },
  squeezenet: { sizes: [224, 227] },
  densenet: { sizes: [224] },
  regnet: { sizes: [224] },
  vgg: { sizes: [224] },
};

/** The names of the families that the rules know. */
export const familyNames: readonly string[] = Object.keys(families);

const unknown: Family = {};

export function familyOf(name: string | null): Family {
  return name !== null && Object.hasOwn(families, name) ? (families[name] ?? unknown) : unknown;
}
