(function () {
  "use strict";
  document.querySelectorAll('input[name="language"]').forEach(function (choice) {
    choice.addEventListener("change", function () {
      if (!choice.checked) { return; }
      document.documentElement.lang = choice.value;
      document.title = document.querySelector('[data-language="' + choice.value + '"]').getAttribute("data-title");
    });
  });
}());
