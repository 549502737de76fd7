import protobuf from "protobufjs";
import { fileProblem, type FileResult } from "./file-problem.ts";
import { cut } from "./json-value.ts";

/**
 * The part of ONNX's format that mnet writes or reads (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, IR
 * version 8). Training information, functions, graphs in attributes, sparse tensors and documentation are left out.
 * The reader skips them.
 */
const format = `
syntax = "proto3";
package onnx;

message ModelProto {
  int64 ir_version = 1;
  string producer_name = 2;
  GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8;
}

message OperatorSetIdProto {
  string domain = 1;
  int64 version = 2;
}

message GraphProto {
  repeated NodeProto node = 1;
  string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
}

message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  string name = 3;
  string op_type = 4;
  repeated AttributeProto attribute = 5;
  string domain = 7;
}

message AttributeProto {
  enum AttributeType {
    UNDEFINED = 0;
    FLOAT = 1;
    INT = 2;
    STRING = 3;
    TENSOR = 4;
    GRAPH = 5;
    FLOATS = 6;
    INTS = 7;
    STRINGS = 8;
  }
  string name = 1;
  float f = 2;
  int64 i = 3;
  bytes s = 4;
  TensorProto t = 5;
  repeated float floats = 7;
  repeated int64 ints = 8;
  repeated bytes strings = 9;
  AttributeType type = 20;
}

message TensorProto {
  repeated int64 dims = 1;
  int32 data_type = 2;
  repeated float float_data = 4;
  repeated int32 int32_data = 5;
  repeated int64 int64_data = 7;
  string name = 8;
  bytes raw_data = 9;
  repeated double double_data = 10;
  repeated StringStringEntryProto external_data = 13;
  int32 data_location = 14;
}

message StringStringEntryProto {
  string key = 1;
  string value = 2;
}

message ValueInfoProto {
  string name = 1;
  TypeProto type = 2;
}

message TypeProto {
  message Tensor {
    int32 elem_type = 1;
    TensorShapeProto shape = 2;
  }
  Tensor tensor_type = 1;
}

message TensorShapeProto {
  message Dimension {
    int64 dim_value = 1;
    string dim_param = 2;
  }
  repeated Dimension dim = 1;
}
`;

/** Types of elements, by the numbers of TensorProto.DataType. */
export const FLOAT = 1;
export const INT64 = 7;

export interface OnnxAttribute {
  readonly name: string;
  /** The field that holds the value, by the numbers of AttributeType: FLOAT, INT, STRING, TENSOR, GRAPH, FLOATS, INTS, STRINGS. */
  readonly type: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly t?: OnnxTensor | null;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
  readonly strings?: readonly Uint8Array[];
}

export interface OnnxNode {
  readonly name: string;
  readonly opType: string;
  /** The domain of the op type; empty for ONNX's own ops. */
  readonly domain?: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** The type of an element, by the numbers of DataType. */
  readonly dataType: number;
  /** The elements, little-endian. Empty if they are in one of the lists below or in another file. */
  readonly rawData: Uint8Array;
  readonly floatData?: readonly number[];
  readonly int32Data?: readonly number[];
  readonly int64Data?: readonly number[];
  readonly doubleData?: readonly number[];
  /**
   * The place of the elements in another file if `dataLocation` is 1: entries named `location`, `offset` and `length`.
   */
  readonly externalData?: readonly { readonly key: string; readonly value: string }[];
  readonly dataLocation?: number;
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: { readonly dim: readonly { readonly dimValue: number; readonly dimParam?: string }[] };
    };
  };
}

export interface OnnxModel {
  readonly irVersion: number;
  readonly producerName: string;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly graph: {
    readonly name: string;
    readonly node: readonly OnnxNode[];
    readonly initializer: readonly OnnxTensor[];
    readonly input: readonly OnnxValueInfo[];
    readonly output: readonly OnnxValueInfo[];
  };
}

const modelType = protobuf.parse(format).root.lookupType("onnx.ModelProto");

/**
 * Returns a model as the bytes of an ONNX file. It does not use protobufjs's own encoder, which generates code at run
 * time: the policy of a page may forbid that.
 */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const writer = protobuf.Writer.create();
  writeMessage(writer, modelType, model);
  return writer.finish();
}

/** The wire type of values with a length prefix: messages, strings, bytes and packed lists. */
const DELIMITED = 2;

/** Writes the non-default fields of a message in the order of their numbers. */
function writeMessage(writer: protobuf.Writer, type: protobuf.Type, message: object): void {
  const given = new Map<string, unknown>(Object.entries(message));
  for (const field of [...type.fieldsArray].sort((a, b) => a.id - b.id)) {
    const value = given.get(field.name);
    // A reader takes the default for a field that is left out, so 0 and "" are not written.
    if (value === undefined || value === null || value === 0 || value === "") continue;
    const { resolvedType, id } = field.resolve();
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (field.repeated && field.type === "int64") {
      if (values.length === 0) continue;
      writer.uint32((id << 3) | DELIMITED).fork();
      for (const each of values) writer.int64(Number(each));
      writer.ldelim();
      continue;
    }
    for (const each of values) {
      if (resolvedType instanceof protobuf.Type) {
        writer.uint32((id << 3) | DELIMITED).fork();
        writeMessage(writer, resolvedType, Object(each) as object);
        writer.ldelim();
      } else writeScalar(writer, field, each);
    }
  }
}

function writeScalar(writer: protobuf.Writer, { id, type }: protobuf.Field, value: unknown): void {
  if (value instanceof Uint8Array) writer.uint32((id << 3) | DELIMITED).bytes(value);
  else if (typeof value === "string") writer.uint32((id << 3) | DELIMITED).string(value);
  else if (type === "float") writer.uint32((id << 3) | 5).float(Number(value));
  else if (type === "double") writer.uint32((id << 3) | 1).double(Number(value));
  else if (type === "int64") writer.uint32(id << 3).int64(Number(value));
  else writer.uint32(id << 3).int32(Number(value));
}

/**
 * Reads an ONNX file. A field that the file leaves out has protobuf's default: 0, "", an empty list, or null for a
 * message. Only the encoding is checked. The caller must check whether the fields are consistent.
 */
export function decodeOnnx(bytes: Uint8Array): FileResult<OnnxModel> {
  try {
    const message = modelType.decode(bytes);
    // The schema above and the types describe the same fields.
    const value = modelType.toObject(message, { longs: Number, arrays: true, defaults: true }) as OnnxModel;
    return { ok: true, value };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const problem = fileProblem("weights/file-format", "an ONNX model", `bytes that do not decode: ${cut(reason)}`);
    return { ok: false, problem };
  }
}
