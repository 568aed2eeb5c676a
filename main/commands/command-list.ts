// The commands, as the usage lists them. Telling a command from a file loads none of them.

interface Listed {
  /** Empty when nothing follows the name. */
  readonly parameters: string;
  readonly summary: string;
}

const heapCommands = {
  types: { parameters: 'SOURCE', summary: 'how many objects of each class there are, and their bytes' },
  growth: { parameters: 'BEFORE AFTER', summary: 'what came and what went between two heaps' },
  instances: { parameters: 'SOURCE --type NAME', summary: 'the objects of a class' },
  chain: {
    parameters: 'SOURCE --type NAME',
    summary: 'what keeps an object in memory, in words and as a picture',
  },
  refs: { parameters: 'SOURCE --type NAME', summary: 'a picture of what objects refer to' },
  backrefs: { parameters: 'SOURCE --type NAME', summary: 'a picture of what refers to them' },
  dominators: { parameters: 'SOURCE', summary: 'what keeps how much of the heap alive' },
  strings: { parameters: 'SOURCE', summary: 'texts that are in memory more than once' },
  suspects: { parameters: 'SOURCE …', summary: 'what may be a leak, and why' },
  page: {
    parameters: 'URL',
    summary: 'whether a web page leaks, and what: plays it in Chromium, again and again',
  },
  sites: {
    parameters: 'SOURCE --type NAME',
    summary: 'the lines that make the objects of a class, while the program runs',
  },
  allocations: { parameters: 'SOURCE', summary: 'the functions that allocated what is still alive' },
  snapshot: { parameters: 'SOURCE -o FILE', summary: 'the heap in a file, for later' },
  ps: { parameters: '', summary: 'the processes that can be asked' },
  attach: { parameters: '[PID|HOST:PORT]', summary: 'the viewer on a process' },
} satisfies Record<string, Listed>;

const pictureCommands = {
  view: { parameters: 'FILE|- …', summary: 'show DOT files and heap snapshots in windows' },
  render: { parameters: 'FILE|-', summary: 'write a picture of a DOT file' },
  desktop: { parameters: 'install|status|remove', summary: "Electron for the viewer's windows" },
  quit: { parameters: '', summary: "close the viewer's windows and end it" },
} satisfies Record<string, Listed>;

const otherCommands = {
  'python-helper': { parameters: '', summary: 'the module by which a Python program draws its objects' },
  demo: { parameters: '', summary: 'a program that leaks, and how the leak is found' },
} satisfies Record<string, Listed>;

const commandList = { ...heapCommands, ...pictureCommands, ...otherCommands };
export type CommandName = keyof typeof commandList;
export const commandNames = Object.keys(commandList) as CommandName[];

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commandList, name);

const linesOf = (commands: Record<string, Listed>) =>
  Object.entries(commands)
    .map(([name, { parameters, summary }]) => `  ${`${name} ${parameters}`.padEnd(32)}${summary}`)
    .join('\n');

/** All commands, for the usage. */
export const listedCommands = `What is in a heap (SOURCE is a snapshot file, - for standard input, a process id, or an inspector's address):
${linesOf(heapCommands)}

Pictures:
${linesOf(pictureCommands)}

${linesOf(otherCommands)}
`;
