/* Speaks each new call when somebody has pressed the button once (browsers want that), and tells screen readers. */
"use strict";
(function () {
  var button = document.querySelector("[data-voice]");
  var live = document.querySelector("[data-sentence]");
  var on = false, said = "";

  function read() {
    var calls = document.getElementById("calls");
    var sentence = calls ? calls.dataset.said : "", mark = calls ? calls.dataset.version + sentence : "";
    if (!sentence || mark === said) { said = mark; return; }
    said = mark;
    live.textContent = sentence;
    if (on && window.speechSynthesis) {
      var speech = new SpeechSynthesisUtterance(sentence);
      speech.lang = "zh-CN";
      window.speechSynthesis.cancel();
      window.speechSynthesis.speak(speech);
    }
  }

  if (button && window.speechSynthesis) {
    button.hidden = false;
    button.addEventListener("click", function () { on = true; button.hidden = true; said = ""; read(); });
  }
  new MutationObserver(read).observe(document.getElementById("main"), { childList: true, subtree: true });
})();
