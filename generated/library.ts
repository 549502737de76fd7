// Generated from grammar/library/*.mnet by npm run generate.

/** The standard library of blocks: one entry a file, in the order of their names. */
export const library: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: "bottleneck.mnet",
    text: `/// Inverted residual with a linear bottleneck. Sandler et al. 2018, Figure 3.
/// t is the expansion, c the output channels, s the stride, k the depthwise kernel. At t = 1 there is no expansion.
block bottleneck(t = 6, c, first s = 1, k = 3) residual=auto {
  if t > 1 { expand: conv 1x1 (t * in.c) }
  depthwise: depthwise k stride=s
  project: conv 1x1 c act=none
}
`,
  },
  {
    name: "classifier.mnet",
    text: `/// Global average pool and a dense layer: the head of most image classifiers.
block classifier(classes, act = none, dropout = 0) {
  pool: pool avg
  flatten
  if dropout > 0 { dropout dropout }
  dense: dense classes act=act
}
`,
  },
  {
    name: "se.mnet",
    text: `/// Squeeze-and-excitation to r channels. Hu et al. 2018, Figure 2.
block se(r, gate = sigmoid, inner = relu) {
  branch mul {
    path { }
    path {
      pool avg
      reduce: conv 1x1 r bias=true norm=none act=inner
      expand: conv 1x1 in.c bias=true norm=none act=gate
    }
  }
}
`,
  },
  {
    name: "shortcut.mnet",
    text: `/// The projection of a residual network: nothing where shapes already agree. He et al. 2016, option B.
block shortcut(c, s = 1) {
  if s != 1 or in.c != c { conv: conv 1x1 c stride=s act=none }
}
`,
  },
];
