// `objgraph refs` and `objgraph backrefs`: a picture of what objects refer to, or of what refers to them. The pictures are
// the library's.
import { parseArgs } from 'node:util';
import { showBackrefs, showRefs } from '../../shared/objgraph/show.ts';
import { Snapshot } from '../../shared/objgraph/snapshot.ts';
import { checkChoice, chosenNodes } from './choice.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps } from './heaps.ts';
import { readCount } from './options.ts';
import { checkPictureOutput, outputHelp, presentPicture } from './picture.ts';
import { warn } from './run.ts';
import { formatCount } from './text-table.ts';

export const refs = pictureCommand('refs', 'Draws what objects refer to.', showRefs);

export const backrefs = pictureCommand(
  'backrefs',
  'Draws what refers to objects, back to modules and the global object.',
  showBackrefs,
);

function pictureCommand(name: string, purpose: string, show: typeof showRefs): Command {
  return {
    help: `Usage: objgraph ${name} SOURCE (--id ID | --type NAME) [--max-depth N] [--too-many N] [-o FILE]

${purpose}

      --id ID                     the object with this id
      --type NAME                 the objects of a class: of more than --too-many, those that retain the most
      --max-depth N               steps away from them (default 3)
      --too-many N                references drawn per object (default 10); the rest is counted
${outputHelp}
${sourceHelp}`,

    async run(args) {
      const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
          id: { type: 'string' },
          type: { type: 'string' },
          'max-depth': { type: 'string' },
          'too-many': { type: 'string' },
          output: { type: 'string', short: 'o' },
        },
      });
      checkChoice(values);
      const maxDepth = readCount('max-depth', values['max-depth'], 3);
      const tooMany = readCount('too-many', values['too-many'], 10, 1);
      checkPictureOutput(values.output);
      const [heap] = await readHeaps(positionals);
      const nodes = chosenNodes(heap, values);
      const snapshot = new Snapshot(heap.analysis.graph, null, null, heap.name);
      const drawn = nodes.slice(0, tooMany).map((node) => snapshot.node(node));
      let dot = '';
      show(drawn, { snapshot, maxDepth, tooMany, output: { write: (text: string) => (dot += text) } });
      await presentPicture(dot, values.output);
      if (nodes.length > drawn.length)
        warn('objgraph', [
          `of ${formatCount(nodes.length)} objects, the ${drawn.length} that retain the most are drawn (see --too-many)`,
        ]);
    },
  };
}
