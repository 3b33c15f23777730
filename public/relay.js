// From phone to phone through the screen. A small module that is used twice, and loaded only when the user opens
// its screen:
// - in the window it shows codes on a canvas, or reads a video of the camera; it ends by itself when its element
//   leaves the page, and then releases the camera, the worker and the wake lock;
// - as a worker it makes and reads the codes, with a WebAssembly module of its own.
// The build replaces the names of the two files below by names with hashes.
const GLUE = new URL('./naast_relay.js', import.meta.url);
const WASM = new URL('./naast_relay_bg.wasm', import.meta.url);

// The side in pixels of a picture that is read: enough for a code that fills half of it.
const SIDE = 800;
// The milliseconds between two pictures of the camera, if the earlier one is done.
const LOOK = 40;
// The library that reads codes panics on a picture now and then, and is then restarted. If that happens this often
// in a row, the picture is not the reason.
const FALLS = 5;

// An opaque black pixel, in either byte order.
const BLACK = new Uint32Array(new Uint8Array([0, 0, 0, 255]).buffer)[0];

// Sends what `pieces` contain, with this many codes per second; without pieces, receives what the camera sees.
// Reports what happens, how many parts have arrived and how many are needed, and finally the file.
export async function run(element, pieces, rate, tell) {
  const awake = navigator.wakeLock?.request('screen').catch(() => {});
  const end = await (pieces ? give(element, pieces, rate, tell) : take(element, tell));
  const watch = setInterval(() => {
    if (element.isConnected) return;
    clearInterval(watch);
    end();
    awake?.then((lock) => lock?.release());
  }, 100);
}

function worker(hear) {
  const made = new Worker(import.meta.url, { type: 'module' });
  made.onmessage = ({ data }) => hear(data);
  made.onerror = () => hear({ fell: true });
  return made;
}

async function give(canvas, pieces, rate, tell) {
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  let modules;
  let nth = 0;
  const maker = worker((data) => {
    if (data.fell) tell('broken', 0, 0);
    modules = data.modules;
  });
  maker.postMessage({ bytes }, [bytes.buffer]);
  maker.postMessage({ nth });
  const turn = setInterval(() => {
    if (!modules) return;
    draw(canvas, modules);
    modules = undefined;
    nth += 1;
    maker.postMessage({ nth });
  }, 1000 / rate);
  return () => {
    clearInterval(turn);
    maker.terminate();
  };
}

function draw(canvas, modules) {
  const side = Math.sqrt(modules.length);
  if (canvas.width !== side) canvas.width = canvas.height = side;
  // A whole number of screen pixels for each module; otherwise some would be wider than others.
  const room = Math.min(canvas.parentElement.clientWidth, innerHeight * 0.8) * devicePixelRatio;
  canvas.style.inlineSize = (Math.max(1, Math.floor(room / side)) * side) / devicePixelRatio + 'px';
  const picture = new ImageData(side, side);
  const pixels = new Uint32Array(picture.data.buffer);
  modules.forEach((dark, at) => { pixels[at] = dark ? BLACK : 0xffffffff; });
  canvas.getContext('2d').putImageData(picture, 0, 0);
}

async function take(video, tell) {
  let stream;
  try {
    const wish = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wish });
  } catch (error) {
    const told = { NotAllowedError: 'refused', SecurityError: 'refused', NotReadableError: 'busy', AbortError: 'busy' };
    tell(told[error.name] || 'none', 0, 0);
    return () => {};
  }
  const [track] = stream.getTracks();
  // Another app took the camera.
  track.onended = () => tell('busy', 0, 0);
  video.muted = true;
  video.srcObject = stream;
  // A browser that does not start the video by itself says so in the console, and shows a picture to touch.
  video.play().catch(() => {});

  const pen = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE })
    .getContext('2d', { willReadFrequently: true });
  const frames = [];
  let falls = 0;
  let busy = false;
  const hear = (data) => {
    busy = false;
    if (data.fell) {
      reader.terminate();
      falls += 1;
      if (falls > FALLS) {
        clearInterval(looks);
        tell('broken', 0, 0);
        return;
      }
      reader = worker(hear);
      // What was received before stays.
      frames.forEach((frame) => reader.postMessage({ frame }));
      return;
    }
    if (data.told) falls = 0;
    if (data.told === 'part' || data.told === 'whole') frames.push(data.frame);
    if (data.whole) clearInterval(looks);
    if (data.told) tell(data.told, data.got, data.all, data.whole && new Blob([data.whole]));
  };
  let reader = worker(hear);
  let shown = -1;
  const looks = setInterval(() => {
    const { videoWidth: width, videoHeight: height, currentTime } = video;
    if (busy || !width || currentTime === shown) return;
    shown = currentTime;
    busy = true;
    // A code is square: use the middle of the picture.
    const side = Math.min(width, height);
    pen.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
    const pixels = pen.getImageData(0, 0, SIDE, SIDE).data;
    reader.postMessage({ pixels }, [pixels.buffer]);
  }, LOOK);
  return () => {
    clearInterval(looks);
    reader.terminate();
    track.stop();
  };
}

if (typeof document !== 'object') {
  const opened = import(GLUE).then(async (relay) => {
    await relay.default({ module_or_path: WASM });
    return relay;
  });
  opened.catch(() => {});
  const TOLD = ['', 'part', 'whole', 'other', 'newer'];
  let giving;
  let taking;
  self.onmessage = async ({ data }) => {
    try {
      const relay = await opened;
      if (data.bytes) {
        giving = relay.Giving.of(data.bytes);
      } else if ('nth' in data) {
        self.postMessage({ modules: giving.code(data.nth) });
      } else {
        taking ??= new relay.Taking();
        const frame = data.frame || relay.read(data.pixels, SIDE);
        const told = frame ? TOLD[taking.take(frame)] : '';
        const whole = told === 'whole' ? taking.whole() : undefined;
        self.postMessage({ told, frame, whole, got: taking.got(), all: taking.all() });
      }
    } catch (error) {
      console.warn(error);
      self.postMessage({ fell: true });
    }
  };
}
