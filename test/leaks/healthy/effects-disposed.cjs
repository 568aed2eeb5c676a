// effects that depend on a global signal, and are disposed of
class Effect {
  sources = new Set();
}
const locale = { targets: new Set(), value: 'en' };
exports.step = async () => {
  const effect = new Effect();
  locale.targets.add(effect);
  effect.sources.add(locale);
  await null;
  locale.targets.delete(effect);
};
