const handles = [];
exports.step = (i) => {
  if (handles.length < 25) handles.push(setTimeout(() => {}, 0));
  else clearTimeout(handles[i % 25]);
};
