// microsoft/TypeScript#63290: an inspector session that is not disconnected when a profile fails
const { Session } = require('node:inspector');
class Profile {
  constructor(name) {
    this.name = name;
    this.session = new Session();
    this.session.on('inspectorNotification', () => this.name);
    this.session.connect();
  }
}
exports.step = (i) => {
  new Profile('profile ' + i);
};
exports.only = ['20', '22', '24', '26'];

exports.truth = {
  holder: /Session|Connection|Profile/,
  type: /^(Session|Profile|Connection|JSBindingsConnection)$/,
};
