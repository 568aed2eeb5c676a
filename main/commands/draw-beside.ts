// Where there is no screen: the picture of a file as a png beside it.
import { basename, resolve } from 'node:path';
import { readAllowed } from '../allowed.ts';
import { readDocument } from '../documents/formats.ts';
import { exportGraph, LayoutError } from '../documents/layout.ts';
import { findImages } from '../export/images.ts';
import { DocumentError, graphvizProblem } from '../problem.ts';
import { readDocumentFile } from '../documents/read-file.ts';
import type { ViewRequest } from '../viewer/view-request.ts';
import { writeDerived } from './output.ts';

/**
 * Adds .png to the whole name: sample.png may well be a picture of the user's.
 * @returns the path of the picture
 * @throws DocumentError when the file cannot be drawn; OutputError when the picture cannot be written
 */
export async function drawBeside({
  path,
  title,
  engine,
  positioned,
  temporary,
}: ViewRequest & { path: string }): Promise<string> {
  const { dot } = readDocument(await readDocumentFile(path), path);
  const images = await findImages(dot, path, readAllowed().imageFolders);
  const picture = temporary ? resolve(`${basename(path)}.png`) : `${path}.png`;
  try {
    const task = { dot, format: 'png', scale: 1, engine, positioned, images };
    writeDerived(picture, (await exportGraph(task, new AbortController().signal)).data);
  } catch (error) {
    if (error instanceof LayoutError && error.isRefused)
      throw new DocumentError(graphvizProblem(error, title, dot));
    throw error;
  }
  return picture;
}
