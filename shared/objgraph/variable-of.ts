// The name of a variable that a function can see, by its value. V8 leaves the names of variables in blocks out of its
// snapshots; its inspector has them.
import { giveThis, receive, withExpression } from './inspector.ts';
import { beginQuestion, endQuestion } from './session.ts';

/**
 * The innermost variable that a function can see and that holds an object; null where there is none, or no inspector. Global
 * variables are left out.
 */
export function variableOf(closure: () => unknown, object: object): string | null {
  const inspector = beginQuestion();
  if (!inspector) return null;
  const propertiesOf = (objectId: string) =>
    inspector.post('Runtime.getProperties', { objectId, ownProperties: true }) as unknown as Properties;
  try {
    const handle = withExpression(closure, (expression) => inspector.evaluate(expression));
    if (handle === undefined) return null;
    const list = propertiesOf(handle).internalProperties?.find(({ name }) => name === '[[Scopes]]');
    if (list?.value?.objectId === undefined) return null;
    for (const { value: scope } of propertiesOf(list.value.objectId).result) {
      if (scope?.objectId === undefined || scope.description === 'Global') continue;
      for (const { name, value } of propertiesOf(scope.objectId).result)
        if (value?.objectId !== undefined && receive(inspector, value.objectId, giveThis) === object)
          return name;
    }
    return null;
  } finally {
    endQuestion(inspector);
  }
}

/** What `Runtime.getProperties` answers. Source: Chrome DevTools Protocol. */
interface Properties {
  result: Property[];
  internalProperties?: Property[];
}

interface Property {
  name: string;
  value?: { objectId?: string; description?: string };
}
