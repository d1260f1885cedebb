/**
 * Standard types that wrap a reader or writer, and calls that read or write: who writes to a pipe by an encoder waits for
 * its reader, too. A wrapper keeps its stream and never closes it. Where a buffer may take what is written, only a flush writes.
 */
import type { Hint, Slot, StructShape } from '../../ir.ts';
import { type Emission, emitTo, type LibraryOp, operand, unknown, unknownResults } from './emission.ts';

/** The wrapped stream: no name that a Go program could have for it. */
const stream = 'stream()';

const shape: StructShape = { typeName: '', fields: new Map() };

type Direction = 'Read' | 'Write';

/** A new value that holds the stream. */
function wrapping(params: number, at = 0): LibraryOp {
  return {
    params,
    emit: (e) => {
      const dst = emitTo(e, (made) => ({ op: 'new', dst: made, object: { kind: 'struct', shape: () => shape } }));
      e.b.emit({ op: 'setField', object: dst, field: stream, src: operand(e, at) }, e.site);
      return [dst, ...e.hints.slice(1).map((hint) => unknown(e, hint))];
    },
  };
}

/** A method that reads from, or writes to, the stream of its receiver; what its arguments point to is overwritten. */
function throughReceiver(direction: Direction, params: number): LibraryOp {
  return {
    params,
    emit: (e) => {
      const hint: Hint = 'any';
      const inner = emitTo(e, (dst) => ({ op: 'getField', dst, object: operand(e, 0), field: stream, hint }));
      return transfer(e, direction, inner, e.operands.slice(1));
    },
  };
}

/** A function that reads from, or writes to, one of its operands. */
function throughOperand(direction: Direction, params: number, at = 0): LibraryOp {
  return { params, emit: (e) => transfer(e, direction, operand(e, at), []) };
}

/** The call of the stream's own method: its error is the last result, and what else there is nobody knows. */
function transfer(e: Emission, direction: Direction, on: Slot, filled: readonly Slot[]): readonly Slot[] {
  const [count, failure] = [e.b.slot(), e.b.slot()];
  const args = [on, e.b.constant(null, e.site)];
  const callee = { kind: 'method', name: direction } as const;
  e.b.emit({ op: 'call', dst: [count, failure], callee, args, resultHints: ['int', 'error'] }, e.site);
  if (direction === 'Read') for (const src of filled) e.b.emit({ op: 'overwrite', src }, e.site);
  const last = e.hints.at(-1);
  if (last === undefined || last === 'bool') return last === undefined ? [] : [success(e, failure)];
  return [...e.hints.slice(0, -1).map((hint) => unknown(e, hint)), failure];
}

function success(e: Emission, failure: Slot): Slot {
  const nil = e.b.constant(null, e.site);
  return emitTo(e, (dst) => ({ op: 'binary', dst, operator: '==', x: failure, y: nil }));
}

/** A method of a wrapper that only puts something into its buffer. */
const buffers: LibraryOp = { params: 1, emit: unknownResults };

/**
 * `http.NewRequest(method, url, body)`: the request holds the body, and whoever sends it reads and closes it; of one that
 * could not be made nobody knows (https://pkg.go.dev/net/http#NewRequestWithContext).
 */
function newRequest(body: number): LibraryOp {
  return {
    params: body + 1,
    emit: (e) => {
      const [request, failure] = [e.b.slot(), e.b.slot()];
      const [fails, made, end] = [e.b.label(), e.b.label(), e.b.label()];
      e.b.branch(unknown(e, 'bool'), { yes: fails, no: made }, e.site);
      e.b.place(fails);
      e.b.emit({ op: 'const', dst: request, value: null }, e.site);
      e.b.emit({ op: 'const', dst: failure, value: 'error net/http.NewRequest' }, e.site);
      e.b.jump(end, e.site);
      e.b.place(made);
      e.b.emit({ op: 'new', dst: request, object: { kind: 'struct', shape: () => shape } }, e.site);
      e.b.emit({ op: 'overwrite', src: request }, e.site);
      e.b.emit({ op: 'setField', object: request, field: 'Body', src: operand(e, body) }, e.site);
      e.b.emit({ op: 'const', dst: failure, value: null }, e.site);
      e.b.place(end);
      return [request, failure];
    },
  };
}

const write = (params: number): LibraryOp => throughReceiver('Write', params);
const read = (params: number): LibraryOp => throughReceiver('Read', params);

export const streamOperations: Readonly<Record<string, LibraryOp>> = {
  'encoding/json.NewEncoder': wrapping(1),
  'encoding/json.Encoder.Encode': write(1),
  'encoding/xml.NewEncoder': wrapping(1),
  'encoding/xml.Encoder.Encode': write(1),
  'encoding/gob.NewEncoder': wrapping(1),
  'encoding/gob.Encoder.Encode': write(1),
  'encoding/csv.NewWriter': wrapping(1),
  'encoding/csv.Writer.Write': buffers,
  'encoding/csv.Writer.Flush': write(0),
  'encoding/csv.Writer.WriteAll': write(1),
  'bufio.NewWriter': wrapping(1),
  'bufio.NewWriterSize': wrapping(2),
  'bufio.Writer.Write': buffers,
  'bufio.Writer.WriteString': buffers,
  'bufio.Writer.Flush': write(0),
  'compress/gzip.NewWriter': wrapping(1),
  'compress/gzip.Writer.Write': buffers,
  'compress/gzip.Writer.Close': write(0),
  'mime/multipart.NewWriter': wrapping(1),
  'mime/multipart.Writer.CreateFormFile': write(2),
  'mime/multipart.Writer.CreateFormField': write(1),
  'mime/multipart.Writer.WriteField': write(2),
  'mime/multipart.Writer.Close': write(0),
  'archive/tar.NewWriter': wrapping(1),
  'archive/tar.Writer.WriteHeader': write(1),
  'archive/tar.Writer.Write': write(1),
  'archive/tar.Writer.Close': write(0),
  'archive/zip.NewWriter': wrapping(1),
  'archive/zip.Writer.Close': write(0),
  'fmt.Fprint': throughOperand('Write', 1),
  'fmt.Fprintf': throughOperand('Write', 2),
  'fmt.Fprintln': throughOperand('Write', 1),
  'encoding/json.NewDecoder': wrapping(1),
  'encoding/json.Decoder.Decode': read(1),
  'encoding/xml.NewDecoder': wrapping(1),
  'encoding/xml.Decoder.Decode': read(1),
  'encoding/gob.NewDecoder': wrapping(1),
  'encoding/gob.Decoder.Decode': read(1),
  'bufio.NewReader': wrapping(1),
  'bufio.NewReaderSize': wrapping(2),
  'bufio.Reader.Read': read(1),
  'bufio.Reader.ReadString': read(1),
  'bufio.Reader.ReadBytes': read(1),
  'bufio.NewScanner': wrapping(1),
  'bufio.Scanner.Scan': read(0),
  'net/http.NewRequest': newRequest(2),
  'net/http.NewRequestWithContext': newRequest(3),
};
