// What the menu of a host's window asks of the page, by the names of renderer/state/actions.
import * as v from 'valibot';

export const menuActions = [
  'open',
  'reload',
  'export',
  'print',
  'find',
  'zoomIn',
  'zoomOut',
  'actualSize',
  'fit',
  'back',
  'forward',
  'outline',
  'toolbar',
  'help',
] as const;
export type MenuAction = (typeof menuActions)[number];

export const menuActionRun = v.object({ name: v.picklist(menuActions) });
