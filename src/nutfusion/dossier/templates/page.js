(function () {
  "use strict";
  var root = document.documentElement;
  var choices = document.querySelectorAll('input[name="language"]');

  function centreJoints() {
    document.querySelectorAll("[data-joint]").forEach(function (box) {
      var mark = box.querySelector(".consensus .three") || box.querySelector(".three");
      if (mark && box.clientWidth) {
        var x = mark.getBoundingClientRect().left - box.getBoundingClientRect().left;
        box.scrollLeft += x - box.clientWidth * 0.62;
      }
    });
  }

  function show(language) {
    var page = document.querySelector('[data-language="' + language + '"]');
    root.lang = language;
    document.title = page.getAttribute("data-title");
    centreJoints();
  }

  choices.forEach(function (choice) {
    choice.addEventListener("change", function () {
      if (choice.checked) { show(choice.value); }
    });
  });

  document.querySelectorAll(".zoom input").forEach(function (choice) {
    choice.addEventListener("change", centreJoints);
  });

  var opened = [];
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open])").forEach(function (part) {
      part.open = true;
      opened.push(part);
    });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
    opened = [];
  });
  document.querySelectorAll("details").forEach(function (part) {
    part.addEventListener("toggle", centreJoints);
  });
  window.addEventListener("resize", centreJoints);
  centreJoints();
}());
