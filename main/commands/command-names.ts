// The names of the commands, for those who tell a command from a file and need not load any.

export const commandNames = [
  'types',
  'growth',
  'instances',
  'chain',
  'refs',
  'backrefs',
  'dominators',
  'strings',
  'suspects',
  'page',
  'sites',
  'allocations',
  'snapshot',
  'ps',
  'quit',
  'desktop',
  'attach',
  'view',
  'render',
  'python-helper',
  'demo',
] as const;

export type CommandName = (typeof commandNames)[number];

export function isCommandName(name: string): name is CommandName {
  return (commandNames as readonly string[]).includes(name);
}
