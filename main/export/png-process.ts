// The process in which a png is drawn: see png-apart.ts.
import { answerTask } from './limited-task.ts';
import { drawPng, loadResvg, type PngOptions } from './png.ts';

// While the picture is still being made. Where it cannot be loaded, drawing says why.
try {
  loadResvg();
} catch {
  // Said below.
}

await answerTask<PngOptions>((options, svg) => {
  const { png, reduced } = drawPng(svg.toString(), options);
  return { head: { reduced }, body: png };
});
