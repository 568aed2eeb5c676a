// Requests about running processes: which there are, to attach to one, to take a snapshot of it, to ask it.
import type { TargetRequests } from '../../../shared/protocol/targets.ts';
import { listTargets } from '../../targets/processes/target-list.ts';
import type { Documents } from '../window-documents.ts';
import { acknowledge, textIn, wholeNumberIn, type Handlers } from './params.ts';

const longestAddress = 4096;
const longestExpression = 100_000;
/** A list that takes longer is not looked at any more. */
const listTime = 10_000;

export function targetRequests({ attachment }: Documents): Handlers<TargetRequests> {
  return {
    'target.get': () => Promise.resolve(attachment.state),
    'target.list': () => listTargets(AbortSignal.timeout(listTime)),
    'target.attach': (params) => acknowledge(attachment.attach(addressIn(params)), attachment.fail),
    'target.detach': () => acknowledge(attachment.detach(), attachment.fail),
    'target.estimate': () => attachment.attached.estimate(),
    'target.snapshot': () => {
      attachment.requireIdle();
      return acknowledge(attachment.takeSnapshot(), attachment.fail);
    },
    'target.cancel': () => acknowledge(attachment.cancel(), attachment.fail),
    'target.evaluate': (params) => attachment.evaluate(textIn(params, 'expression', longestExpression)),
    'target.complete': (params) =>
      attachment.attached.completions(textIn(params, 'expression', longestExpression)),
    'target.fields': (params) =>
      attachment.fields(wholeNumberIn(params, 'snapshot'), wholeNumberIn(params, 'id')),
  };
}

function addressIn(params: unknown): string {
  const address = textIn(params, 'address', longestAddress).trim();
  if (address === '') throw new TypeError('The address is empty');
  return address;
}
