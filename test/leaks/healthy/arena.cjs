// an arena of numbers that doubles while a batch needs it, and begins at the start again with the next batch
class Arena {
  #memory = new Float64Array(64);
  #used = 0;
  push(number) {
    if (this.#used === this.#memory.length) {
      const larger = new Float64Array(2 * this.#used);
      larger.set(this.#memory);
      this.#memory = larger;
    }
    this.#memory[this.#used++] = number;
  }
  reset() {
    this.#used = 0;
  }
}
const arena = new Arena();
exports.step = (i) => {
  if (i % 25 === 0) arena.reset();
  for (let k = 0; k < 900; k++) arena.push(i * k);
};
