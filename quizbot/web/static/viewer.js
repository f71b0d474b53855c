// Enlarges an image in place: pinch, wheel, drag, double tap, keys. Without this script the link opens the image itself.
// It also counts down the time left, and shows instants in the reader's own zone.

const MOST = 12; // times the size at which the whole image fits

function makeViewer() {
  const dialog = document.createElement("dialog");
  dialog.className = "viewer";
  dialog.setAttribute("aria-label", "Enlarged image");
  const stage = document.createElement("div");
  stage.className = "stage";
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-roledescription", "zoomable image");
  const image = document.createElement("img");
  image.draggable = false;
  stage.append(image);
  const tools = document.createElement("div");
  tools.className = "tools";
  dialog.append(stage, tools);

  let scale = 1, x = 0, y = 0, least = 1;
  const fingers = new Map();
  let lastTap = 0, pinch = null, still = false;

  const draw = () => {
    const box = stage.getBoundingClientRect();
    const width = image.naturalWidth * scale, height = image.naturalHeight * scale;
    x = width <= box.width ? (box.width - width) / 2 : Math.min(0, Math.max(box.width - width, x));
    y = height <= box.height ? (box.height - height) / 2 : Math.min(0, Math.max(box.height - height, y));
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    stage.dataset.scale = (scale / least).toFixed(2);
  };
  const fit = () => {
    const box = stage.getBoundingClientRect();
    least = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight) || 1;
    scale = least;
    x = y = 0;
    draw();
  };
  const zoom = (factor, px, py) => {
    const box = stage.getBoundingClientRect();
    const cx = (px ?? box.left + box.width / 2) - box.left, cy = (py ?? box.top + box.height / 2) - box.top;
    const next = Math.min(least * MOST, Math.max(least, scale * factor));
    x = cx - ((cx - x) * next) / scale;
    y = cy - ((cy - y) * next) / scale;
    scale = next;
    draw();
  };
  const pan = (dx, dy) => { x += dx; y += dy; draw(); };

  for (const [text, label, act] of [["−", "Smaller", () => zoom(1 / 1.5)], ["+", "Larger", () => zoom(1.5)], ["Whole", "Whole image", fit], ["Close", "Close", () => dialog.close()]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    tools.append(button);
  }

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), event.clientX, event.clientY);
  }, { passive: false });
  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) pinch = spread();
    still = fingers.size === 1;
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) > 3) still = false;
    if (fingers.size === 1) pan(event.clientX - before.clientX, event.clientY - before.clientY);
    if (fingers.size === 2 && pinch) {
      const now = spread();
      pan(now.x - pinch.x, now.y - pinch.y);
      zoom(now.length / pinch.length, now.x, now.y);
      pinch = now;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => {
    fingers.delete(event.pointerId);
    pinch = null;
    if (end !== "pointerup" || event.pointerType === "mouse" || !still) return;
    if (event.timeStamp - lastTap < 300) toggle(event);
    lastTap = event.timeStamp;
  });
  stage.addEventListener("dblclick", (event) => toggle(event));
  const toggle = (event) => (scale > least * 1.05 ? fit() : zoom(3, event.clientX, event.clientY));
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2, length: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)) };
  };
  const keys = { "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit, ArrowLeft: () => pan(80, 0), ArrowRight: () => pan(-80, 0), ArrowUp: () => pan(0, 80), ArrowDown: () => pan(0, -80) };
  dialog.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  image.addEventListener("load", fit);
  addEventListener("resize", () => dialog.open && fit());
  document.body.append(dialog);

  return (source, text) => {
    image.alt = text;
    stage.setAttribute("aria-label", `${text} Plus and minus zoom, arrows move, 0 shows the whole image, Escape closes.`);
    dialog.showModal();
    stage.focus();
    if (image.src === source) fit();
    else image.src = source;
  };
}

let show = null;
for (const link of document.querySelectorAll("a[data-zoom]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show ??= makeViewer();
    show(link.href, link.querySelector("img").alt);
  });
}

// The page was made at data-now by the server's clock; the reader's own may be wrong, so only the time since is theirs.
const opened = performance.now();
const made = Date.parse(document.querySelector("[data-now]")?.dataset.now ?? "");
function countDown() {
  const now = made + performance.now() - opened;
  for (const one of document.querySelectorAll("[data-left]")) {
    const minutes = Math.floor((Date.parse(one.dataset.left) - now) / 60000);
    if (Number.isNaN(minutes)) continue;
    if (minutes < 0) one.textContent = "closed";
    else if (minutes >= 2880) one.textContent = `${Math.floor(minutes / 1440)} days left`;
    else if (minutes >= 60) one.textContent = `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
    else one.textContent = minutes ? `${minutes} min left` : "less than a minute left";
  }
}
if (document.querySelector("[data-left]")) setInterval(countDown, 15000);

for (const one of document.querySelectorAll("time[data-local]")) {
  const at = new Date(one.dateTime);
  const zone = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short", hourCycle: "h23" };
  one.title = one.textContent;
  one.textContent = at.toLocaleString("en-GB", zone).replace(" at ", ", ");
}
