/* A box to sign in with finger, pen or mouse behind each <input data-signature>; the field gets a PNG. Without a script a photo of the paper does. */
(() => {
  "use strict";
  function pad(field) {
    if (field.ready) return;
    field.ready = true;
    const box = document.createElement("canvas"), clear = document.createElement("button"), pen = box.getContext("2d");
    let drawn = false;
    box.width = 600;
    box.height = 220;
    box.className = "in";
    Object.assign(box.style, { display: "block", height: "auto", padding: "0", maxWidth: "600px", marginBottom: "8px", touchAction: "none" });
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", field.dataset.signature);
    clear.type = "button";
    clear.className = "btn s";
    clear.textContent = field.dataset.clear;
    field.after(box, clear);
    const at = (event) => [event.offsetX * box.width / box.clientWidth, event.offsetY * box.height / box.clientHeight];
    const blank = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, box.width, box.height); field.value = ""; drawn = false; };
    const again = (address) => {  /* the form was refused: what was signed stands in the box as before */
      const picture = new Image();
      picture.onload = () => { if (!drawn && field.value === address) { pen.drawImage(picture, 0, 0, box.width, box.height); drawn = true; } };
      field.value = picture.src = address;
    };
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    box.addEventListener("pointerdown", (event) => {
      box.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
    });
    box.addEventListener("pointermove", (event) => {
      if (!event.buttons) return;
      pen.lineTo(...at(event));
      pen.stroke();
      drawn = true;
    });
    box.addEventListener("pointerup", () => { if (drawn) field.value = box.toDataURL("image/png"); });
    clear.addEventListener("click", blank);
    const before = field.value;
    blank();
    if (before) again(before);
  }
  const all = () => document.querySelectorAll("input[data-signature]").forEach(pad);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
