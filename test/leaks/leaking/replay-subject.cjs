// https://github.com/ReactiveX/rxjs/issues/578: a ReplaySubject without a bound; values and times in one buffer
class Price {
  constructor(i) {
    this.amount = i;
    this.currency = 'EUR';
  }
}
class ReplaySubject {
  _buffer = [];
  observers = [];
  next(v) {
    this._buffer.push(v, performance.now());
    for (const o of this.observers) o(v);
  }
}
const prices$ = new ReplaySubject();
exports.step = (i) => prices$.next(new Price(i));
exports.truth = { holder: /prices\$/, type: /^Price$/ };
