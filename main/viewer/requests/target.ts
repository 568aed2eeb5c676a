// Requests about running processes: which there are, to attach to one, to take a snapshot of it, to ask it.
import type { targetRequests as declared } from '../../../shared/protocol/targets.ts';
import type { Documents } from '../window-documents.ts';
import { acknowledge, type Handlers } from './params.ts';

/** Milliseconds; a list that takes longer is given up. */
const listTimeout = 10_000;

export function targetRequests({ attachment }: Documents): Handlers<typeof declared> {
  const { fail } = attachment;
  return {
    'target.get': () => Promise.resolve(attachment.state),
    'target.list': async () => {
      const { listTargets } = await import('../../targets/processes/target-list.ts');
      return listTargets(AbortSignal.timeout(listTimeout));
    },
    'target.attach': ({ address }) => acknowledge(attachment.attach(address), fail),
    'target.detach': () => acknowledge(attachment.detach(), fail),
    'target.memory': () => Promise.resolve(attachment.memory),
    'target.estimate': () => attachment.attached.estimate(),
    'target.snapshot': () => {
      attachment.requireIdle();
      return acknowledge(attachment.takeSnapshot(), fail);
    },
    'target.cancel': () => acknowledge(attachment.cancel()),
    'target.evaluate': ({ expression }) => attachment.evaluate(expression),
    'target.complete': ({ expression }) => attachment.attached.completions(expression),
    'target.node': ({ snapshot, id }) => attachment.lookAtNode(snapshot, id),
    'target.fields': ({ snapshot, id }) => attachment.fields(snapshot, id),
  };
}
