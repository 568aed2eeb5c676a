const cities = new Map(Array.from({ length: 20000 }, (_, i) => ['city ' + i, { id: i, lat: i / 7 }]));
exports.step = (i) => cities.get('city ' + (i % 20000)).lat;
