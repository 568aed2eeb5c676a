/* Truth: Chart */
// Charts are removed with their canvas, and never destroyed: Chart.js keeps each of them.
import { Chart, LineController, LineElement, PointElement, LinearScale, CategoryScale } from 'chart.js';
Chart.register(LineController, LineElement, PointElement, LinearScale, CategoryScale);
export async function run() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 50;
  document.body.append(canvas);
  new Chart(canvas, {
    type: 'line',
    data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] },
    options: { responsive: false, animation: false },
  });
  await new Promise((done) => setTimeout(done, 5));
  canvas.remove();
}
