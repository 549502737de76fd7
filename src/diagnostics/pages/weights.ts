import type { ExplainPage } from "./page.ts";

/** A page about weights. The fault lies in a file, so no spec can show it. */
const page = (code: string, title: string, why: string): ExplainPage => ({ code, title, why, bad: "", good: "" });

export const weightsPages: readonly ExplainPage[] = [
  page(
    "weights/missing",
    "The network reads a weight that the file does not hold.",
    'Every conv, dense layer and norm reads its tensors by path, such as "stem/kernel" or "stem/norm/gamma". If a tensor is missing, the file was made for another network, for other values of its params, or before a label changed. Nothing is filled in, because a network with one random layer runs and is wrong. Make the file again with "mnet weights init" or "mnet weights import".',
  ),
  page(
    "weights/shape",
    "A weight has another shape than the layer that reads it.",
    'Kernels are height x width x inputs x filters (HWIO), depthwise kernels height x width x channels x multiplier (HWIM), dense kernels inputs x units; all others have one number a channel. Shapes differ if the file belongs to another width, kernel or number of classes, or if a kernel was stored in PyTorch\'s order, which "mnet weights import" converts.',
  ),
  page(
    "weights/not-finite",
    "A weight holds NaN or an infinity.",
    "One such number spreads through every sum that reads it, so the output is NaN or constant. It comes from a training that diverged, or from a number beyond float32's range in a float64 file. Use an earlier checkpoint.",
  ),
  page(
    "weights/negative-variance",
    "A batch norm's moving variance is below zero.",
    'A variance is a mean of squares, and the norm takes its square root. A value below zero gives NaN, or a wrong scale if eps hides it. Usually the tensor was swapped with the norm\'s beta or mean, which have the same shape. Check the mapping that "mnet weights import" prints.',
  ),
  page(
    "weights/too-large",
    "A weight holds a number beyond 2^64.",
    "No training gives such numbers, and sums of their products exceed float32's range. Float32 numbers look like this if their bytes are read in the wrong order, or if a file holds integers, text or float64 instead. Write the file again with little-endian float32 numbers.",
  ),
  page(
    "weights/unused",
    "The file holds a weight that no layer reads.",
    "It does no harm to this network, but often another weight is missing at the same time: a label was renamed, or the file belongs to another variant. Delete the tensor, or give the layer the label that the file has.",
  ),
  page(
    "weights/unwritable",
    "A build cannot hold a tensor of the weights.",
    'Every weight that the network reads is in order, and another tensor is not: it is named "__metadata__", which safetensors keeps for its own notes, or it holds NaN, an infinity, or fewer numbers than its shape says. A build writes all tensors that it is given. Leave that tensor out.',
  ),
  page(
    "weights/file-length",
    "A weight file is cut off, or longer than its header says.",
    "A safetensors file has 8 bytes of header length, the header and the bytes of the tensors, and nothing after them. An HDF5 file states its own length. A file that is too short comes from an unfinished download or a full disk. A file that is too long has an edited header, or two files were joined. Fetch or write it again.",
  ),
  page(
    "weights/file-header",
    "A weight file's header cannot be trusted.",
    'The header is one JSON object in UTF-8 of at most 100 MB: for each tensor its dtype, shape and data_offsets, and strings under "__metadata__". A name that occurs twice is refused, because readers differ in which of the two they take. Usually the file is no safetensors file at all.',
  ),
  page(
    "weights/file-dtype",
    "A tensor is not of a floating-point type.",
    "Weights are read from F32, F16, BF16 and F64, and kept as float32. From HDF5 only float32 and float64 are read: save a Keras model of float16 with float32 weights. Whole numbers are counters (PyTorch's num_batches_tracked) or quantised weights without their scale; leave them out when you write the file.",
  ),
  page(
    "weights/file-offsets",
    "Tensors do not tile the data of a weight file.",
    "The bytes of each tensor begin where those of the tensor before end, and are as many as its shape and dtype need. A hole can hide data, an overlap gives two tensors the same bytes, and a wrong length shifts every number. The file was written by a faulty tool; write it again.",
  ),
  page(
    "weights/file-format",
    "A file is no checkpoint that can be read.",
    "A checkpoint is recognised by its first bytes, not by its name. PyTorch's own files (.pt, .pth) are pickles, which are programs that run when they are opened, so they are never read. Load such a file in Python and write its state dict with safetensors.torch.save_file. An HDF5 file is refused if its library cannot read it, if its numbers lie in other files, or if it needs an uncommon filter; save the model again without compression.",
  ),
  page(
    "weights/file-shard",
    "A model names a file of weights that is not there.",
    'The shards of a tf.js model lie beside its model.json and are named plainly, such as "group1-shard1of2.bin". A name with a folder, a drive or ".." is refused, because it could point to any file. A shard that is named twice is refused as well. Copy all files of the model into one folder.',
  ),
  page(
    "weights/file-quantization",
    "A model does not say in full how a weight was quantised.",
    "A quantised weight is stored as uint8 or uint16 with a scale above 0 and a finite min, or as float16; its value is then stored * scale + min. With a wrong scale every number of the layer would be wrong, so a missing scale is not guessed. Convert the model again.",
  ),
  page(
    "weights/file-archive",
    "A .keras archive cannot be unpacked.",
    "A .keras file is a zip archive. Its directory stands at the end, names each file once, and states the size and the checksum of the unpacked bytes. A download that was cut off has no directory. Encrypted, overlapping or hugely compressed entries do not come from Keras. Save the model again.",
  ),
  page(
    "weights/file-structure",
    "A Keras file lacks a part that it says it has.",
    'Keras writes a list of layers, for each a list of weights, and the numbers of each; a .keras archive holds "config.json" and "model.weights.h5". If a list names a part that is missing, if a layer has no kernel, or if a norm has three of its four tensors, weights would have to be guessed. HDF5 or zip files of other programs have none of these lists. Save the model again with model.save("model.keras").',
  ),
  page(
    "weights/file-checksum",
    "A tensor's bytes are not those that were written.",
    'Files that mnet writes keep the CRC-32 of each tensor. If it does not fit, a bit has flipped on a disk or in a transfer, or a program changed numbers and kept the notes. In both cases these are not the weights that were trained. Fetch or write the file again; a tool that changes numbers on purpose has to drop the note "crc32".',
  ),
  page(
    "weights/misfit",
    "A checkpoint lacks a layer that the network has.",
    "A layer is found by the shape of its kernel and by the tensors it has (bias, gamma, beta, mean, variance). No layer of the checkpoint, or too few, have the shape of this row: the checkpoint belongs to another width, another number of classes, or another variant of the network. The message names both sides, and the hint names the layers of the checkpoint that nothing here reads.",
  ),
  page(
    "weights/ambiguous",
    "Several layers of a checkpoint fit, and nothing says which is meant.",
    'Layers of one shape are told apart by what feeds them, if the checkpoint says it (Keras and tf.js models do). Otherwise they are told apart by their order, if each feeds the next and the names tell the order. A guess could swap two layers, and the network would run and be wrong. Write a JSON file with the weight and its tensor, {"stem/kernel": "conv1.weight"}, and pass it by "--map FILE". One entry a layer is enough.',
  ),
  page(
    "weights/map",
    'An entry of "--map" names something that does not exist.',
    "Each entry is a weight of the network and a tensor of the checkpoint. The network must read the weight, the checkpoint must hold the tensor, and no tensor can fill two weights. `mnet weights inspect` and the table of `mnet weights import` print both kinds of names.",
  ),
  page(
    "weights/wiring",
    "A layer has other inputs than in the checkpoint.",
    "Keras and tf.js models say which layer feeds which. A network that lacks a residual sum, or has one too many, can take all weights; it then runs and computes something else. The message names both sides of the first layer that differs: the fault is in a row or branch before it. Compare its residual rule, strides and paths with the model.",
  ),
  page(
    "weights/epsilon",
    "A norm's eps differs from the checkpoint's.",
    "A batch norm divides by the root of the variance plus eps. With another eps than in training, every channel has a slightly wrong scale, most of all if its variance is small, and the network loses accuracy without a visible fault. Write the checkpoint's eps in the spec, for example norm=batch(eps=1e-5): PyTorch's default is 1e-5, Keras' 1e-3.",
  ),
  page(
    "weights/folded",
    "The norms of a checkpoint are folded into its convs.",
    "A graph model for prediction has no batch norm: each norm was multiplied into the kernel and bias of the conv before it, and the two cannot be separated again. Such weights come in as norms that only add the bias: gamma 1, mean 0, variance 1 - eps, beta the bias. Predictions are the same, bit for bit on targets that fold norms. Training does not work: a norm in training divides by the statistics of the batch, which the network has never seen. To train the network, import the layers model or Keras file that the graph was made of.",
  ),
  page(
    "weights/input-scaling",
    "A graph model scales its own input.",
    "Many graph models take pixels of 0 to 255, or of 0 to 1, and begin with nodes that scale them. In a spec the mean and std of the input do that, and the network begins after them. If both scale alike, there is nothing to do. If they differ, the imported weights see another range than they were trained on, and the network is wrong on every image: write the mean and std that the hint gives.",
  ),
];
