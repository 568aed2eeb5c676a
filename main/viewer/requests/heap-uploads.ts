// Snapshots that the page has and main has not: dropped on a window in a browser, they come piece by piece.
import type { HeapRequests } from '../../../shared/protocol/heap.ts';
import type { HeapDocument, Incoming } from '../../documents/heap-document.ts';
import { textIn, valueIn, wholeNumberIn, type Handlers } from './params.ts';

/** As large as a message of the page may be, with what base64 adds. */
const largestPiece = 4 * 2 ** 20;
const largestUpload = 16 * 2 ** 30;
const mostUploads = 100;

type Uploads = Extract<keyof HeapRequests, `heap.upload${string}`>;

export function uploadRequests(heap: HeapDocument): Handlers<Pick<HeapRequests, Uploads>> {
  const uploads = new Map<number, Incoming>();
  let last = 0;
  const uploadIn = (params: unknown): [number, Incoming] => {
    const number = wholeNumberIn(params, 'upload');
    const upload = uploads.get(number);
    if (!upload) throw new RangeError(`There is no upload ${number}`);
    return [number, upload];
  };
  return {
    'heap.upload': (params) => {
      if (uploads.size >= mostUploads) throw new RangeError(`More than ${mostUploads} uploads at once`);
      const size = wholeNumberIn(params, 'size', 0, largestUpload);
      uploads.set(++last, heap.receive(textIn(params, 'name', 4096), size));
      return Promise.resolve({ upload: last });
    },
    'heap.uploadPiece': async (params) => {
      const [, upload] = uploadIn(params);
      await upload.write(bytesIn(params));
      return null;
    },
    'heap.uploadEnd': async (params) => {
      const [number, upload] = uploadIn(params);
      const failure = valueIn(params, 'failure') === null ? undefined : textIn(params, 'failure', 1000);
      uploads.delete(number);
      await upload.end(failure);
      return null;
    },
  };
}

function bytesIn(params: unknown): Uint8Array<ArrayBuffer> {
  const text = textIn(params, 'data', Math.ceil((4 * largestPiece) / 3) + 4);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new TypeError('data is base64');
  // A buffer of its own: Node's small ones share theirs, which must stay here.
  return new Uint8Array(Buffer.from(text, 'base64'));
}
