/* A box to sign in, over each <input data-signature>: what is drawn goes into the field as a PNG. Without a script a photo of the paper stands in. */
(() => {
  "use strict";
  if (document.signing) return;
  document.signing = true;
  function box(field) {
    const frame = document.createElement("div"), paper = document.createElement("canvas"), clear = document.createElement("button");
    paper.className = "in";
    Object.assign(paper.style, { height: "auto", padding: "0", maxWidth: "480px", display: "block", marginBottom: "8px" });
    paper.style.touchAction = "none"; // a finger draws and does not scroll
    paper.width = 640;
    paper.height = 220;
    paper.setAttribute("role", "img");
    paper.setAttribute("aria-label", field.dataset.label || "");
    clear.type = "button";
    clear.className = "btn s";
    clear.textContent = field.dataset.clear || "×";
    frame.append(paper, clear);
    field.after(frame);
    const pen = paper.getContext("2d");
    let last = null, drawn = false;
    const blank = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, paper.width, paper.height); field.value = ""; drawn = false; };
    const place = (event) => {
      const edge = paper.getBoundingClientRect();
      return [(event.clientX - edge.left) * paper.width / edge.width, (event.clientY - edge.top) * paper.height / edge.height];
    };
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    paper.addEventListener("pointerdown", (event) => { event.preventDefault(); paper.setPointerCapture(event.pointerId); last = place(event); });
    paper.addEventListener("pointermove", (event) => {
      if (!last) return;
      const next = place(event);
      pen.beginPath();
      pen.moveTo(...last);
      pen.lineTo(...next);
      pen.stroke();
      last = next;
      drawn = true;
    });
    const up = () => { last = null; if (drawn) field.value = paper.toDataURL("image/png"); };
    paper.addEventListener("pointerup", up);
    paper.addEventListener("pointercancel", up);
    clear.addEventListener("click", blank);
    blank();
  }
  const all = () => document.querySelectorAll("input[data-signature]").forEach(box);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
