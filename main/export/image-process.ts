// The process in which the image files of a picture are read: see images.ts.
import { readImageFiles, type ImageTask } from './image-files.ts';
import type { ImageAnswer } from './images.ts';
import { answerTask } from './limited-task.ts';

await answerTask<ImageTask>(async (task) => {
  const { images, refusedFolders } = await readImageFiles(task);
  const head: ImageAnswer = {
    images: images.map(({ bytes, ...image }) => ({ ...image, length: bytes.length })),
    refusedFolders,
  };
  return { head, body: Buffer.concat(images.map(({ bytes }) => bytes)) };
});
