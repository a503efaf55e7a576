/* Big charts, where the page brought ECharts; without it the tables stay. Its data is a block from which no script runs. */
(() => {
  "use strict";
  const draw = () => {
    if (!window.echarts) return;
    for (const place of document.querySelectorAll("[data-chart]:not(.on)")) {
      const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
      place.classList.add("on");
      const chart = echarts.init(place, null, { renderer: "canvas" });
      const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 };
      chart.setOption({ animation: false, textStyle: font, color: ["#0b5cab", "#7fb2e5", "#b26a00", "#4c7a5d", "#7a4ea3"], ...option, tooltip: { ...option.tooltip, renderMode: "richText" } });
      addEventListener("resize", () => chart.resize());
    }
  };
  draw();
  document.addEventListener("htmx:after:swap", draw);
})();
