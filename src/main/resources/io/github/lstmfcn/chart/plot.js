'use strict';

/** Decodes float32 numbers from Base64. */
function numbers(text) {
  return new Float32Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
}

const element = id => document.getElementById(id);

/** The current colours of the page: light, dark, or printed. */
const theme = {
  get(name) { return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim(); },
  get paper() { return this.get('paper'); },
  get ink() { return this.get('ink'); },
  get frame() { return this.get('frame'); },
};

/** A colour of the palette, whose last is that of the text. */
const paletteColour = k => k % palette.length === palette.length - 1 ? theme.ink : palette[k % palette.length];

/** Draws again when size, colour scheme or medium change; printed pages are always white. */
function keepDrawn(draw) {
  const paper = on => () => {
    document.documentElement.classList.toggle('paper', on);
    draw();
  };
  window.addEventListener('resize', draw);
  window.addEventListener('beforeprint', paper(true));
  window.addEventListener('afterprint', paper(false));
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
}

/** The items of the page, which are parsed on demand. In large pages the last items are in files beside the page. */
const items = {
  elements: [...document.querySelectorAll('script.item')],
  loaded: null,

  get(index) { return JSON.parse(this.elements[index].textContent); },

  /** Calls back with an item, at once or when its file is loaded. */
  open(index, callback) {
    const {file} = this.elements[index].dataset;
    if (!file) {
      callback(this.get(index));
      return;
    }
    const script = document.createElement('script');
    script.addEventListener('load', () => {
      script.remove();
      callback(this.loaded);
    });
    script.addEventListener('error', () => {
      script.remove();
      element('failure').textContent = `${file} cannot be read; it must be in the same folder as this page.`;
    });
    script.setAttribute('src', file);
    document.head.append(script);
  },

  /** Shows the first item, and others by list, buttons and arrow keys. */
  choose(open) {
    const list = element('sample');
    this.elements.forEach((item, index) => list.add(new Option(item.dataset.summary, index)));
    const show = index => {
      element('failure').textContent = '';
      this.open(index, item => {
        if (+list.value === index) open(item);
      });
    };
    const step = by => {
      const index = +list.value + by;
      if (0 <= index && index < this.elements.length) {
        list.value = index;
        show(index);
      }
    };
    list.addEventListener('change', () => show(+list.value));
    element('previous').addEventListener('click', () => step(-1));
    element('next').addEventListener('click', () => step(1));
    document.addEventListener('keydown', event => {
      const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (by && !['SELECT', 'INPUT'].includes(event.target.tagName)) step(by);
    });
    show(0);
  },
};

/** The colour scale: the background for zero, the full colour at the limit. */
function signedColours(limit) {
  const parts = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  const short = theme.paper, paper = parts(short.length === 4 ? short.replace(/[^#]/g, '$&$&') : short);
  const full = {positive: parts(colours.positive), negative: parts(colours.negative)};
  return value => {
    if (isNaN(value)) return theme.frame;
    const share = Math.min(1, Math.abs(value) / limit), end = value < 0 ? full.negative : full.positive;
    return `rgb(${paper.map((from, part) => Math.round(from + share * (end[part] - from)))})`;
  };
}

function largest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
}

function extent(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = 0.05 * (high - low || 1);
  return [low - margin, high + margin];
}

/** About `count` round numbers within a range, in either order. */
function ticks(range, count, whole) {
  const [low, high] = [Math.min(...range), Math.max(...range)], rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = power * [1, 2, 5, 10].find(factor => factor * power >= rough);
  const step = whole ? Math.max(1, round) : round, found = [];
  for (let at = Math.ceil(low / step); at * step <= high; at++) found.push(+(at * step).toPrecision(12));
  return found;
}

const LEFT = 60, RIGHT = 12, TOP = 6, BOTTOM = 22, NAMED_BOTTOM = 40;

/**
 * A canvas with axes that draws what it is told.
 * x, y: ranges, of whole numbers or not. paint(context, toX, toY, box): the content. mark: a place on x, or null.
 * label, xLabel: of the axes.
 */
class Panel {
  constructor(canvas, height) {
    this.canvas = canvas;
    this.height = height;
  }

  draw({x, y, wholeX = true, wholeY = false, paint, label, xLabel = '', mark = null, description}) {
    const width = this.canvas.clientWidth, scale = window.devicePixelRatio || 1;
    this.canvas.width = width * scale;
    this.canvas.height = this.height * scale;
    this.canvas.style.height = this.height + 'px';
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', description);
    const context = this.canvas.getContext('2d');
    context.scale(scale, scale);
    const bottom = xLabel ? NAMED_BOTTOM : BOTTOM;
    const box = {left: LEFT, top: TOP, width: width - LEFT - RIGHT, height: this.height - TOP - bottom};
    const toX = value => box.left + (value - x[0]) / (x[1] - x[0]) * box.width;
    const toY = value => box.top + (y[1] - value) / (y[1] - y[0]) * box.height;
    this.fromX = pixel => x[0] + (pixel - box.left) / box.width * (x[1] - x[0]);
    this.fromY = pixel => y[1] - (pixel - box.top) / box.height * (y[1] - y[0]);

    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    paint(context, toX, toY, box);
    if (mark !== null) line(context, [[toX(mark), box.top], [toX(mark), box.top + box.height]], theme.ink, 1);
    context.restore();

    context.strokeStyle = theme.frame;
    context.strokeRect(box.left, box.top, box.width, box.height);
    context.fillStyle = theme.ink;
    context.font = '12px system-ui, sans-serif';
    context.textAlign = 'center';
    for (const tick of ticks(x, Math.min(10, box.width / 55), wholeX)) context.fillText(tick, toX(tick), box.top + box.height + 15);
    context.fillText(xLabel, box.left + box.width / 2, this.height - 6, box.width);
    context.textAlign = 'right';
    for (const tick of ticks(y, Math.max(3, box.height / 40), wholeY)) context.fillText(tick, box.left - 5, toY(tick) + 4);
    context.save();
    context.translate(12, box.top + box.height / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'center';
    context.fillText(label, 0, 0, this.height);
    context.restore();
  }

  /** Calls back with the values on both axes, and with nulls when the pointer leaves. */
  onHover(callback) {
    this.canvas.addEventListener('mousemove', event => {
      callback(this.fromX(event.offsetX), this.fromY(event.offsetY));
    });
    this.canvas.addEventListener('mouseleave', () => callback(null, null));
  }
}

function line(context, points, colour, width) {
  context.beginPath();
  points.forEach(([x, y], index) => index ? context.lineTo(x, y) : context.moveTo(x, y));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/** Values over their indices. */
function curve(context, values, toX, toY, colour, width) {
  line(context, Array.from(values, (value, step) => [toX(step), toY(value)]), colour, width);
}

/** One coloured stripe per value, as high as the box. */
function stripes(context, values, toX, box, limit) {
  const colour = signedColours(limit);
  values.forEach((value, step) => {
    context.fillStyle = colour(value);
    const from = Math.floor(toX(step - 0.5));
    context.fillRect(from, box.top, Math.ceil(toX(step + 0.5)) - from, box.height);
  });
}

/** One pixel per value. */
function heat(values, width, height, limit) {
  const canvas = new OffscreenCanvas(width, height), context = canvas.getContext('2d'), colour = signedColours(limit);
  values.forEach((value, index) => {
    context.fillStyle = colour(value);
    context.fillRect(index % width, Math.floor(index / width), 1, 1);
  });
  return canvas;
}

/** The areas between values and zero, in one colour for positive and another for negative values. */
function area(context, values, toX, toY) {
  for (const sign of [1, -1]) {
    context.beginPath();
    context.moveTo(toX(0), toY(0));
    values.forEach((value, step) => {
      context.lineTo(toX(step), toY(sign * value > 0 ? value : 0));
      const next = values[step + 1];
      if (value * next < 0) context.lineTo(toX(step + value / (value - next)), toY(0));
    });
    context.lineTo(toX(values.length - 1), toY(0));
    context.fillStyle = sign > 0 ? colours.positive : colours.negative;
    context.fill();
  }
}

function nearest(place, length) {
  return place === null ? null : Math.max(0, Math.min(length - 1, Math.round(place)));
}

/** A number with four significant digits. */
function short(value) {
  return value === 0 ? '0' : +value.toPrecision(4) + '';
}
