// In place of `node:process`. To import that, Node reads all properties of the process, among them those that make its standard
// streams when they are read: 4 ms of every command.
export default process;
