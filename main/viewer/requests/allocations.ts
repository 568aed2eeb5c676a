// Requests about allocations: recordings, profiles, who makes the objects of a class, and the source files these lead to.
import {
  allocationQuestions,
  type allocationRequests as declared,
} from '../../../shared/protocol/allocations.ts';
import { isAbsolute } from 'node:path';
import { openInEditor } from '../../editor.ts';
import { saved } from '../save-file.ts';
import type { SessionHost } from '../session-host.ts';
import type { Documents } from '../window-documents.ts';
import { acknowledge, type Handlers } from './params.ts';

export function allocationRequests(documents: Documents, host: SessionHost): Handlers<typeof declared> {
  const { allocations, attachment, heap } = documents;
  return {
    ...questions(documents),
    'allocations.get': () => Promise.resolve(allocations.state),
    'allocations.record': ({ seconds, interval }) => {
      attachment.requireInspector();
      return acknowledge(allocations.record(seconds, interval), allocations.fail);
    },
    'allocations.finish': () => acknowledge(allocations.finish()),
    'allocations.openText': ({ name, text }) =>
      acknowledge(allocations.openText(name, text), allocations.fail),
    'allocations.remove': async ({ profile }) => {
      await allocations.remove(profile);
      return null;
    },
    'allocations.save': async ({ profile, format }) => {
      const { name, data } = await allocations.save(profile, format);
      return saved(host, name, data);
    },
    'target.sites': async ({ type, script, line, seconds, isTracked }) => {
      if (!isTracked) return attachment.recordSites({ type, script, line }, seconds * 1000);
      attachment.requireInspector();
      const snapshot = await attachment.takeSnapshot(seconds * 1000);
      if (snapshot === null) throw new Error(attachment.state?.problem?.message ?? 'It was cancelled');
      const classes = await heap.askThread('trackedSites', { snapshot, type, script, line });
      return { classes, notes: [] };
    },
    'source.open': async ({ file, line, column }) => {
      if (!isAbsolute(file)) throw new RangeError(`${file} is no full path of a file`);
      await openInEditor({ file, line, ...(column > 0 && { column }) }, host.editor);
      return null;
    },
  };
}

/** What the heap's thread answers: it is asked as the page asked. */
function questions({ allocations }: Documents): Handlers<typeof allocationQuestions> {
  const methods = Object.keys(allocationQuestions) as (keyof typeof allocationQuestions)[];
  const handlers = methods.map((method) => [
    method,
    async (params: never) => allocations.ask(method, params),
  ]);
  return Object.fromEntries(handlers) as Handlers<typeof allocationQuestions>;
}
