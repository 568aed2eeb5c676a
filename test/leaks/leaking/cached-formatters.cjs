// i18next/i18next#2227: the key of a cached formatter has all options in it, and one of them is the date
function createCachedFormatter(create) {
  const cache = {};
  return (value, language, options) => {
    const key = language + JSON.stringify(options);
    const formatter = (cache[key] ??= create(language, options));
    return formatter(value);
  };
}
const formatters = {
  datetime: createCachedFormatter((language, { timeZone }) => {
    const format = new Intl.DateTimeFormat(language, { timeZone });
    return (value) => format.format(value);
  }),
};
exports.step = (i) => formatters.datetime(new Date(0), 'cs', { timeZone: 'UTC', now: 1e12 + i });

exports.truth = { holder: /cache/, type: /^(Function|DateTimeFormat|Intl\.DateTimeFormat)$/ };
