/* What pages gain; all work without. */
(() => {
  "use strict";
  const d = document, words = d.body.dataset, live = d.getElementById("live"), dialog = d.getElementById("ask");
  const on = (name, run, capture) => d.addEventListener(name, run, capture);
  let quiet;

  function say(text, seen) {
    if (!live) return;
    live.className = seen ? "toast" : "sr";
    live.textContent = text;
    clearTimeout(quiet);
    quiet = setTimeout(() => { live.className = "sr"; live.textContent = ""; }, 9000);
  }
  const send = (form, by) => form.requestSubmit ? form.requestSubmit(by) : form.submit();
  const rest = (form) => { clearTimeout(form.draft); form.draft = 0; };

  /* drafts: after three quiet seconds, and on leaving */
  async function save(form) {
    rest(form);
    const data = new FormData(form), token = data.get("csrfmiddlewaretoken"), state = form.querySelector("[data-draft-state]");
    form.querySelectorAll("[type=file],[type=password],[data-signature]").forEach((box) => data.delete(box.name));
    let text = words.unsaved;
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: data, headers: { "X-CSRFToken": token }, keepalive: d.hidden });
      const told = answer.ok ? await answer.json() : {};
      if (told.saved !== false && answer.ok) text = words.saved.replace("{at}", told.at || new Date().toTimeString().slice(0, 5));
    } catch (error) { /* said so */ }
    if (state) state.textContent = text; else say(text);
  }
  on("input", (event) => {
    const form = event.target.form;
    if (!form || !form.dataset.draftUrl) return;
    clearTimeout(form.draft);
    form.draft = setTimeout(save, 3000, form);
  });
  on("visibilitychange", () => {
    if (d.hidden) for (const form of d.querySelectorAll("form[data-draft-url]")) if (form.draft) save(form);
  });

  /* what cannot be taken back */
  function ask(text, yes) {
    if (!dialog || !dialog.showModal) { if (confirm(text)) yes(); return; }
    dialog.querySelector("p").textContent = text;
    dialog.onclose = () => { if (dialog.returnValue === "yes") yes(); };
    dialog.returnValue = "";
    dialog.showModal();
  }
  on("submit", (event) => {
    const form = event.target, by = event.submitter, text = (by && by.dataset.confirm) || form.dataset.confirm;
    if (text && !form.sure) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(text, () => { form.sure = true; send(form, by); });
      return;
    }
    form.sure = false;
    rest(form);
  }, true);
  on("change", (event) => {
    const box = event.target;
    if (box.matches("[data-auto]")) send(box.form);
    if (box.matches("input[data-preview]")) preview(box);
  });
  function preview(box) {
    let list = box.parentNode.querySelector(".shots");
    if (!list) { list = d.createElement("ul"); list.className = "shots"; box.after(list); }
    list.replaceChildren(...[...box.files].map((file) => {
      const item = d.createElement("li"), size = " " + Math.ceil(file.size / 1024) + " KB";
      if (file.type.startsWith("image/")) {
        const image = new Image();
        image.alt = "";
        image.src = URL.createObjectURL(file);
        image.onload = () => URL.revokeObjectURL(image.src);
        item.append(image);
      }
      item.append(file.name + size);
      return item;
    }));
  }

  /* the menu closes behind the focus */
  const menu = d.querySelector(".menu");
  on("focusin", (event) => { if (menu && !menu.contains(event.target)) menu.open = false; });

  /* villages: a township and a search before the groups */
  function regions(select) {
    if (select.ready) return;
    select.ready = true;
    const groups = [...select.querySelectorAll("optgroup")].map((group) => [group.label, [...group.children]]);
    const rest = [...select.children].filter((child) => child.tagName === "OPTION");
    if (groups.length < 2) return;
    const town = d.createElement("select"), find = d.createElement("input"), row = d.createElement("div");
    town.className = find.className = "in";
    town.ariaLabel = words.town;
    find.ariaLabel = find.placeholder = words.find;
    find.type = "search";
    town.append(new Option(words.town, ""), ...groups.map(([name]) => new Option(name, name)));
    row.className = "casc";
    select.before(row);
    row.append(town, select, find);
    const chosen = groups.find(([, options]) => options.some((option) => option.value === select.value && select.value));
    if (chosen) town.value = chosen[0];
    const show = () => {
      const text = find.value.trim().toLowerCase(), was = select.value;
      const fits = (option) => (option.text + " " + (option.dataset.key || "")).toLowerCase().includes(text);
      const left = groups.filter(([name]) => !town.value || name === town.value)
        .map(([name, options]) => [name, options.filter(fits)]).filter(([, options]) => options.length);
      select.replaceChildren(...rest, ...left.map(([name, options]) => {
        const group = d.createElement("optgroup");
        group.label = name;
        group.append(...options);
        return group;
      }));
      const open = left.flatMap(([, options]) => options);
      select.value = open.some((option) => option.value === was) ? was : text && open.length === 1 ? open[0].value : "";
    };
    town.addEventListener("change", show);
    find.addEventListener("input", show);
    show();
  }

  function enhance(root) {
    root.querySelectorAll("select[data-regions]").forEach(regions);
    const first = root.querySelector("[data-focus]");
    if (first) first.focus();
    return first;
  }
  on("htmx:after:swap", (event) => {
    const target = event.detail.ctx.target, root = target && target.isConnected ? target : d;
    const told = root.querySelector("[data-say], [role=status], h1, h2");
    if (!enhance(root) && told) say(told.dataset.say || told.textContent.trim());
  });
  on("htmx:error", () => say(words.failed, true));
  on("htmx:response:error", (event) => { if (event.detail.ctx.response.status >= 500) say(words.failed, true); });

  enhance(d);
  const here = d.querySelector(".side [aria-current]");
  if (here) here.closest("nav").scrollLeft = here.offsetLeft - 12;
})();
