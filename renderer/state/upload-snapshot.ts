// Hands main a snapshot that the page was given without a path, as a browser gives what was dropped: a piece at a time,
// so that the page never holds it.
import { messageOf } from '../../shared/errors.ts';
import type { Connection } from '../host.ts';

/** Bytes, of the 4 MB that a piece may have. */
const pieceSize = 2 * 2 ** 20;

export async function uploadSnapshot(request: Connection['request'], file: File): Promise<void> {
  const { upload } = await request('heap.upload', { name: file.name, size: file.size });
  try {
    for (let start = 0; start < file.size; start += pieceSize) {
      const data = await inBase64(file.slice(start, start + pieceSize));
      await request('heap.uploadPiece', { upload, data });
    }
  } catch (error) {
    await request('heap.uploadEnd', { upload, failure: messageOf(error) });
    throw error;
  }
  await request('heap.uploadEnd', { upload, failure: null });
}

/** What the browser makes of it itself, without the `data:…;base64,` before it. */
function inBase64(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = reader.result as string;
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(new Error(`The file cannot be read: ${reader.error?.message ?? ''}`));
    reader.readAsDataURL(piece);
  });
}
