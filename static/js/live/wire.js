// Messages of live editing as bytes; docs/live-editing.md says what each means.

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { encodeAwarenessUpdate } from "y-protocols/awareness";
import { writeSyncStep1, writeUpdate } from "y-protocols/sync";

export const SYNC = 0;
export const AWARENESS = 1;
export const ACK = 100;
export const STATE = 101;
const HELLO = 102;
const NAME = 103;

function message(kind, write = () => {}) {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, kind);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

// `document` is the name of the local copy, "" when there is none; `person` the number of whom the page was made for.
export const hello = (client, document, person) =>
  message(HELLO, (encoder) => {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarString(encoder, document);
    encoding.writeVarUint(encoder, person);
  });

export const asking = (doc) => message(SYNC, (encoder) => writeSyncStep1(encoder, doc));

export const change = (update) => message(SYNC, (encoder) => writeUpdate(encoder, update));

export const presence = (awareness, clients) =>
  message(AWARENESS, (encoder) =>
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, clients)),
  );

export const name = () => message(NAME);

// The kind of a message, and the decoder behind it.
export function read(bytes) {
  const decoder = decoding.createDecoder(bytes);
  return { kind: decoding.readVarUint(decoder), decoder };
}

export const readNumber = (decoder) => decoding.readVarUint(decoder);

export const readBytes = (decoder) => decoding.readVarUint8Array(decoder);

export const readFacts = (decoder) => JSON.parse(new TextDecoder().decode(readBytes(decoder)));
