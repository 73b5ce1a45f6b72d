function scatter() {
  const item = items.get(0), panel = new Panel(element('scatter'), 480);
  const across = element('across'), upwards = element('upwards');
  let marked = null;

  /** The accuracies of both methods on the datasets that both have. */
  const points = () => item.accuracies.map((row, set) => [row[+across.value], row[+upwards.value], item.sets[set]])
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));

  function draw() {
    const range = extent(points().flatMap(([x, y]) => [x, y]));
    panel.draw({
      x: range, y: range, wholeX: false, label: item.methods[+upwards.value], xLabel: item.methods[+across.value],
      description: `accuracy of ${item.methods[+upwards.value]} against ${item.methods[+across.value]}, dataset by dataset`,
      paint(context, toX, toY) {
        line(context, [[toX(range[0]), toY(range[0])], [toX(range[1]), toY(range[1])]], '#888', 1);
        points().forEach(([x, y], index) => {
          context.beginPath();
          context.arc(toX(x), toY(y), index === marked ? 7 : 4, 0, 7);
          context.fillStyle = y > x ? palette[0] : y < x ? palette[1] : theme.ink;
          context.globalAlpha = .75;
          context.fill();
        });
      },
    });
    const wins = points().filter(([x, y]) => y > x).length, losses = points().filter(([x, y]) => y < x).length;
    element('hover').textContent = marked === null
      ? `${item.methods[+upwards.value]} is more accurate on ${wins} datasets, less on ${losses}, equal on ${points().length - wins - losses}`
      : `${points()[marked][2]}: ${short(points()[marked][0])} horizontal, ${short(points()[marked][1])} vertical`;
  }

  function nearestPoint(x, y) {
    let best = null, least = 15;
    points().forEach(([atX, atY], index) => {
      const distance = Math.hypot((atX - x) / (panel.fromX(1) - panel.fromX(0)), (atY - y) / (panel.fromY(1) - panel.fromY(0)));
      if (distance < least) [best, least] = [index, distance];
    });
    return best;
  }

  item.methods.forEach((name, index) => {
    across.add(new Option(name, index));
    upwards.add(new Option(name, index));
  });
  upwards.value = 1;
  for (const select of [across, upwards]) {
    select.addEventListener('change', () => {
      marked = null;
      draw();
    });
  }
  panel.onHover((x, y) => {
    marked = x === null ? null : nearestPoint(x, y);
    draw();
  });
  keepDrawn(draw);
  draw();
}

if (element('scatter')) scatter();
