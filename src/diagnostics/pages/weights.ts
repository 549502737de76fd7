import type { ExplainPage } from "./page.ts";

/** Findings about weights, where the fault lies in a file and no spec can show it. */
const page = (code: string, title: string, why: string): ExplainPage => ({ code, title, why, bad: "", good: "" });

export const weightsPages: readonly ExplainPage[] = [
  page(
    "weights/missing",
    "The network reads a weight that the file does not hold.",
    'Every conv, dense layer and norm reads its tensors by path, such as "stem/kernel" or "stem/norm/gamma". A missing one means that the file was made for another network, for other values of its params, or before a label changed. Nothing is filled in: a network with one random layer runs and is wrong. Make the file anew with "mnet weights init" or "mnet weights import".',
  ),
  page(
    "weights/shape",
    "A weight has another shape than the layer that reads it.",
    'Kernels are height x width x inputs x filters (HWIO), depthwise kernels height x width x channels x multiplier (HWIM), dense kernels inputs x units, all others one number a channel. Shapes differ when the file belongs to another width, kernel or number of classes, or when a kernel was stored in PyTorch\'s order, which "mnet weights import" turns round.',
  ),
  page(
    "weights/not-finite",
    "A weight holds NaN or an infinity.",
    "One such number spreads through every sum it meets, so the output is NaN or constant. It is what a diverged training leaves behind, or a number past float32's range in a float64 file. Take an earlier checkpoint.",
  ),
  page(
    "weights/negative-variance",
    "A batch norm's moving variance is below zero.",
    'A variance is a mean of squares, and the norm takes its square root: a value below zero gives NaN or, hidden by eps, a wrong scale. Mostly the tensor was swapped with the norm\'s beta or mean, which have the same shape. Check the mapping that "mnet weights import" prints.',
  ),
  page(
    "weights/too-large",
    "A weight holds a number beyond 2^64.",
    "No training comes to such numbers, and sums of their products leave float32's range. They are what float32 numbers look like when their bytes are read in the wrong order, or when a file was written with integers, text or float64 in their place. Write the file again with little-endian float32 numbers.",
  ),
  page(
    "weights/unused",
    "The file holds a weight that no layer reads.",
    "It does no harm to this network, but often stands beside a missing one: a label was renamed, or the file belongs to another variant. Delete the tensor, or give the layer the label that the file knows.",
  ),
  page(
    "weights/unwritable",
    "A build cannot hold a tensor of the weights.",
    'Every weight that the network reads is in order, and another tensor is not: it is named "__metadata__", which safetensors keeps for its own notes, or it holds NaN, an infinity, or fewer numbers than its shape says. A build writes all tensors that it is given. Leave that tensor out.',
  ),
  page(
    "weights/file-length",
    "A weight file is cut off, or longer than its header says.",
    "A safetensors file is 8 bytes of header length, the header, and the tensors' bytes, with nothing behind them. An HDF5 file states its own length. A short one is an unfinished download or a full disk; trailing bytes mean that the header was edited or two files were joined. Fetch or write it again.",
  ),
  page(
    "weights/file-header",
    "A weight file's header cannot be trusted.",
    'The header is one JSON object in UTF-8 of at most 100 MB: for each tensor its dtype, shape and data_offsets, and strings under "__metadata__". A name that stands twice is refused, for readers differ in which of the two they take. Mostly the file is not a safetensors file at all.',
  ),
  page(
    "weights/file-dtype",
    "A tensor is not of a floating-point type.",
    "Weights are read from F32, F16, BF16 and F64, and kept as float32. From HDF5 they are read as float32 and float64 alone: save a Keras model of float16 with float32 weights. Whole numbers are counters (PyTorch's num_batches_tracked) or quantised weights without their scale; leave them out when the file is written.",
  ),
  page(
    "weights/file-offsets",
    "Tensors do not tile the data of a weight file.",
    "Each tensor's bytes begin where those of the one before end, and are as many as its shape and dtype need. A hole can hide data, an overlap gives two tensors the same bytes, and a wrong length shifts every number. The file was written by a faulty tool; write it again.",
  ),
  page(
    "weights/file-format",
    "A file is no checkpoint that can be read.",
    "A checkpoint is told by its first bytes, not by its name. PyTorch's own files (.pt, .pth) are pickles, programs that run when they are opened, and are never read: load one in Python and write its state dict with safetensors.torch.save_file. An HDF5 file is refused where its library cannot read it, where its numbers lie in other files, or where a filter is needed that few have; save the model again, without compression.",
  ),
  page(
    "weights/file-shard",
    "A model names a file of weights that is not there.",
    'The shards of a tf.js model lie beside its model.json and are named plainly, such as "group1-shard1of2.bin". A name with a folder, a drive or ".." is refused, for it could read anywhere, and so is a shard that is named twice. Copy all files of the model into one folder.',
  ),
  page(
    "weights/file-quantization",
    "How a weight was quantised is not said in full.",
    "A quantised weight is stored as uint8 or uint16 with a scale above 0 and a finite min, or as float16; a number is then stored * scale + min. With a wrong scale every number of the layer would be wrong, so none is guessed. Convert the model again.",
  ),
  page(
    "weights/file-archive",
    "A .keras archive cannot be unpacked.",
    "A .keras file is a zip archive. Its directory stands at its very end, names each file once and inside the archive, and states the size and the checksum of each, which must be those of the unpacked bytes. A cut download loses the directory; encrypted, overlapping or hugely compressed entries are no work of Keras. Save the model again.",
  ),
  page(
    "weights/file-structure",
    "A Keras file lacks a part that it says it has.",
    'Keras writes a list of layers, for each a list of weights, and the numbers of each; a .keras archive holds "config.json" and "model.weights.h5". A list that names what is not there, a layer without its kernel, or a norm with three of its four tensors would leave weights to guess. Files of other programs in HDF5 or zip have none of it. Save the model again with model.save("model.keras").',
  ),
  page(
    "weights/file-checksum",
    "A tensor's bytes are not those that were written.",
    'Files of mnet\'s keep the CRC-32 of each tensor. Where it does not fit, a bit has flipped on a disk or on the way, or somebody changed numbers and kept the notes: either way these are not the weights that were trained. Fetch or write the file again; a tool that changes numbers on purpose has to drop the note "crc32".',
  ),
  page(
    "weights/misfit",
    "A checkpoint lacks a layer that the network has.",
    "A layer is found by the shape of its kernel and by the tensors it has (bias, gamma, beta, mean, variance). No or too few layers of the checkpoint have the shape of this row: it belongs to another width, another number of classes, or another make of the network. The message names both sides, and the hint what the checkpoint has that nothing here reads.",
  ),
  page(
    "weights/ambiguous",
    "Several layers of a checkpoint fit, and nothing says which is meant.",
    'Layers of one shape are told apart by what feeds them, where the checkpoint says it (Keras and tf.js models do), and else by their order, where each feeds the next and the names tell their order. Otherwise a guess could swap two layers, and the network would run and be wrong. Write a JSON file of the weight and the tensor it is, {"stem/kernel": "conv1.weight"}, and give it with "--map FILE": one entry a layer is enough.',
  ),
  page(
    "weights/map",
    'An entry of "--map" names something that is not there.',
    "Each entry is a weight of the network and a tensor of the checkpoint. The weight must be one that the network reads, the tensor one that the checkpoint holds, and no tensor can fill two weights. `mnet weights inspect` and the table of `mnet weights import` print both kinds of names.",
  ),
  page(
    "weights/wiring",
    "A layer is fed by others than in the checkpoint.",
    "Keras and tf.js models say which layer feeds which. All weights can have a place in a network that lacks a residual sum, or has one too many, and it then runs and computes something else. The message names both sides of the first layer that differs: the fault is in a row or branch before it. Compare its residual rule, strides and paths with the model.",
  ),
  page(
    "weights/epsilon",
    "A norm's eps differs from the checkpoint's.",
    "A batch norm divides by the root of the variance plus eps. With another eps than in training every channel is scaled a little wrong, most where the variance is small, and the network loses accuracy without a visible fault. Write the checkpoint's in the spec, for example norm=batch(eps=1e-5): PyTorch's default is 1e-5, Keras' 1e-3.",
  ),
  page(
    "weights/folded",
    "The norms of a checkpoint are folded into its convs.",
    "A graph model made for prediction has no batch norm left: it is multiplied into the kernel and bias of the conv before it, and nothing can take the two apart again. Such weights are kept as norms that change nothing but that they add the bias: gamma 1, mean 0, variance 1 - eps, beta the bias. Whatever predicts, predicts the same, bit for bit where norms are folded anyway. Training does not work: a norm in training divides by the statistics of the batch, which the network has never seen. To train on, import the layers model or Keras file that the graph was made of.",
  ),
  page(
    "weights/input-scaling",
    "A graph model scales its own input.",
    "Many graph models take pixels of 0 to 255, or of 0 to 1, and begin with nodes that scale them. In a spec mean and std of the input say so, and the network begins behind them. Where both say the same there is nothing to do. Where they differ the imported weights see another range than they were trained on, and the network is wrong on every image: write the mean and std that the hint gives.",
  ),
];
