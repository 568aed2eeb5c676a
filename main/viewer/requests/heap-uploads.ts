// Snapshots that the page has and main has not: dropped on a window in a browser, they come piece by piece.
import type { heapRequests } from '../../../shared/protocol/heap.ts';
import type { HeapDocument, Incoming } from '../../documents/heap-document.ts';
import type { Handlers } from './params.ts';

const maxUploads = 100;

type Uploads = Pick<typeof heapRequests, 'heap.upload' | 'heap.uploadPiece' | 'heap.uploadEnd'>;

export function uploadRequests(heap: HeapDocument): Handlers<Uploads> {
  const uploads = new Map<number, Incoming>();
  let last = 0;
  const uploadOf = (number: number): Incoming => {
    const upload = uploads.get(number);
    if (!upload) throw new RangeError(`There is no upload ${number}`);
    return upload;
  };
  return {
    'heap.upload': async ({ name, size }) => {
      if (uploads.size >= maxUploads) throw new RangeError(`More than ${maxUploads} uploads at once`);
      uploads.set(++last, heap.receive(name, size));
      return { upload: last };
    },
    'heap.uploadPiece': async ({ upload, data }) => {
      // A buffer of its own: Node's small ones share theirs, which must stay here.
      await uploadOf(upload).write(new Uint8Array(Buffer.from(data, 'base64')));
      return null;
    },
    'heap.uploadEnd': async ({ upload, failure }) => {
      const incoming = uploadOf(upload);
      uploads.delete(upload);
      await incoming.end(failure ?? undefined);
      return null;
    },
  };
}
