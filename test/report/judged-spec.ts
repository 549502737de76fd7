/**
 * A small network in which the compiler finds an error and the linter warnings, and that holds markup wherever text
 * may stand.
 */
export const judgedSpec = `/// Reads <b>digits</b> & "letters".
/// </p><script>document.title = "run"</script>
network Judged labels=["<u>nought</u>", "</pre><script>1</script>"] {
  param size = 32
  param tint = "<img src=x onerror=alert(1)>"
  input image [size, size, 3]
  stem: conv 3x3 12 stride=2 bias=true norm=batch act=relu6
  bottleneck {
    | t | c  | n | s |
    | 1 | 16 | 1 | 1 |
    | 6 | 24 | 3 | 2 |
  }
  classifier 2 act=softmax
  assert params < 10
}
`;
