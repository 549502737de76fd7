import protobuf from "protobufjs";

/** The part of ONNX's format that is written here (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, IR version 8). */
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
}

message AttributeProto {
  enum AttributeType {
    UNDEFINED = 0;
    FLOAT = 1;
    INT = 2;
    STRING = 3;
    INTS = 7;
  }
  string name = 1;
  float f = 2;
  int64 i = 3;
  bytes s = 4;
  repeated int64 ints = 8;
  AttributeType type = 20;
}

message TensorProto {
  repeated int64 dims = 1;
  int32 data_type = 2;
  string name = 8;
  bytes raw_data = 9;
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
  }
  repeated Dimension dim = 1;
}
`;

/** TensorProto.DataType */
export const FLOAT = 1;
export const INT64 = 7;

export interface OnnxAttribute {
  readonly name: string;
  /** Numbers of AttributeType: FLOAT, INT, STRING, INTS. */
  readonly type: 1 | 2 | 3 | 7;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly ints?: readonly number[];
}

export interface OnnxNode {
  readonly name: string;
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: typeof FLOAT | typeof INT64;
  /** Little-endian. */
  readonly rawData: Uint8Array;
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: { readonly dim: readonly { readonly dimValue: number }[] };
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

/** Returns the bytes of a model's file. Makes no code from text, as protobufjs's own encoder does and a page may forbid. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const writer = protobuf.Writer.create();
  writeMessage(writer, modelType, model);
  return writer.finish();
}

/** Wire type of whatever has its length before it: messages, strings, bytes and packed lists. */
const DELIMITED = 2;

/** Writes the fields that a message has, in the order of their numbers. */
function writeMessage(writer: protobuf.Writer, type: protobuf.Type, message: object): void {
  const given = new Map<string, unknown>(Object.entries(message));
  for (const field of [...type.fieldsArray].sort((a, b) => a.id - b.id)) {
    const value = given.get(field.name);
    // A reader takes 0 and "" for what is left out.
    if (value === undefined || value === 0 || value === "") continue;
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
  else if (type === "int64") writer.uint32(id << 3).int64(Number(value));
  else writer.uint32(id << 3).int32(Number(value));
}

export function decodeModel(bytes: Uint8Array): OnnxModel {
  const message = modelType.decode(bytes);
  // The format above and the types say the same.
  return modelType.toObject(message, { longs: Number, arrays: true, defaults: true }) as OnnxModel;
}
